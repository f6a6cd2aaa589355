import JSONText

/// The parameters of one `DescribeImages` call, checked.
struct TencentQuery: Sendable {
    struct Filter: Sendable, Hashable {
        var name: String
        var values: [String]
    }

    static let filterCountMax = 10
    static let valueCountMax = 5
    static let limitMax = 100

    var imageIDs: [String] = []
    var filters: [Filter] = []
    var offset = 0
    var limit = 20
    var instanceType: String?

    /// The body of an API 3.0 call; absent and null members are the same.
    init(_ body: JSONValue) throws(TencentError) {
        guard case .object(let members) = body else {
            throw TencentError("InvalidParameter", "The request content is not a JSON object.")
        }
        for member in members where !member.value.isNull {
            switch member.key {
            case "ImageIds": imageIDs = try Self.strings(member.value, "ImageIds")
            case "Filters": filters = try Self.filters(member.value)
            case "Offset": offset = try Self.integer(member.value, "Offset")
            case "Limit": limit = try Self.integer(member.value, "Limit")
            case "InstanceType":
                guard let text = member.value.stringValue else { throw .badType("InstanceType") }
                instanceType = text
            default:
                throw TencentError(
                    "UnknownParameter",
                    "The parameter `\(member.key)` is not recognized."
                )
            }
        }
    }

    private static func strings(
        _ value: JSONValue,
        _ name: String
    ) throws(TencentError) -> [String] {
        guard let elements = value.arrayValue else { throw .badType(name) }
        let strings = elements.compactMap(\.stringValue)
        guard strings.count == elements.count else { throw .badType(name) }
        return strings
    }

    private static func filters(_ value: JSONValue) throws(TencentError) -> [Filter] {
        guard let elements = value.arrayValue else { throw .badType("Filters") }
        var filters: [Filter] = []
        for element in elements {
            guard let name = element["Name"]?.stringValue else { throw .missing("Filters.Name") }
            guard let values = element["Values"] else { throw .missing("Filters.Values") }
            filters.append(Filter(name: name, values: try strings(values, "Filters.Values")))
        }
        return filters
    }

    private static func integer(_ value: JSONValue, _ name: String) throws(TencentError) -> Int {
        guard let number = value.integerValue else { throw .badType(name) }
        return number
    }
}

/// Queries and forms, where lists are spread over numbered names.
extension TencentQuery {
    private static let commonNames: Set<String> = [
        "Action", "Version", "Region", "Timestamp", "Nonce", "SecretId", "SignatureMethod",
        "Signature",
        "Token", "Language", "RequestClient",
    ]

    init(_ parameters: [Parameter]) throws(TencentError) {
        var ids: [Int: String] = [:]
        var names: [Int: String] = [:]
        var values: [Int: [Int: String]] = [:]
        for parameter in parameters where !Self.commonNames.contains(parameter.name) {
            let parts = parameter.name.split(separator: ".", omittingEmptySubsequences: false)
            let first = parts.count > 1 ? Int(parts[1]) : nil
            switch (parts[0], first, parts.count) {
            case ("Offset", nil, 1): offset = try Self.integer(parameter)
            case ("Limit", nil, 1): limit = try Self.integer(parameter)
            case ("InstanceType", nil, 1): instanceType = parameter.value
            case ("ImageIds", let index?, 2): ids[index] = parameter.value
            case ("Filters", let index?, 3) where parts[2] == "Name": names[index] = parameter.value
            case ("Filters", let index?, 4) where parts[2] == "Values" && Int(parts[3]) != nil:
                values[index, default: [:]][Int(parts[3]) ?? 0] = parameter.value
            default:
                throw TencentError(
                    "UnknownParameter",
                    "The parameter `\(parameter.name)` is not recognized."
                )
            }
        }
        imageIDs = Self.inOrder(ids)
        for index in Set(names.keys).union(values.keys).sorted() {
            guard let name = names[index] else { throw .missing("Filters.\(index).Name") }
            guard let values = values[index] else { throw .missing("Filters.\(index).Values") }
            filters.append(Filter(name: name, values: Self.inOrder(values)))
        }
    }

    private static func integer(_ parameter: Parameter) throws(TencentError) -> Int {
        guard let number = Int(parameter.value) else { throw .badType(parameter.name) }
        return number
    }

    private static func inOrder(_ numbered: [Int: String]) -> [String] {
        numbered.sorted { $0.key < $1.key }.map(\.value)
    }
}
