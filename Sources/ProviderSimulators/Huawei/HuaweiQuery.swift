/// The parameters of one list call, checked.
struct HuaweiQuery: Sendable {
    static let limitMax = 1000
    private static let sortKeys: Set<String> = [
        "name", "container_format", "disk_format", "status", "id", "size", "created_at",
        "create_at",
    ]
    /// Accepted and without effect on what is listed.
    private static let overlooked: Set<String> = ["__isregistered", "flavor_id"]

    private(set) var limit: Int
    private(set) var marker: String?
    private var sortKey = "created_at"
    private var isAscending = false
    private var conditions: [HuaweiCondition] = []
    /// What links to other pages repeat.
    private var repeated: [Parameter] = []

    init(_ parameters: [Parameter], limitDefault: Int) throws(HuaweiError) {
        limit = limitDefault
        for parameter in parameters {
            switch parameter.name {
            case "limit": limit = try Self.limit(parameter.value)
            case "marker": marker = parameter.value
            case "sort_key", "sort_dir": try readOrder(parameter)
            case _ where Self.overlooked.contains(parameter.name): break
            case "enterprise_project_id" where parameter.value == "all_granted_eps": break
            default: conditions.append(try HuaweiCondition(parameter))
            }
            if !["limit", "marker", "__isregistered"].contains(parameter.name) {
                repeated.append(parameter)
            }
        }
        if parameters.first("member_status") != nil, parameters.first("visibility") != "shared" {
            throw .image(400, "0001", "member_status needs visibility=shared.")
        }
    }

    /// A limit beyond the greatest is lowered without a word.
    private static func limit(_ text: String) throws(HuaweiError) -> Int {
        guard let limit = Int(text), limit > 0 else {
            throw .image(400, "0001", "The limit must be a positive number.")
        }
        return min(limit, limitMax)
    }

    private mutating func readOrder(_ parameter: Parameter) throws(HuaweiError) {
        if parameter.name == "sort_key" {
            guard Self.sortKeys.contains(parameter.value) else {
                throw .image(400, "0001", "The sort_key is not supported.")
            }
            sortKey = parameter.value == "create_at" ? "created_at" : parameter.value
        } else {
            guard ["asc", "desc"].contains(parameter.value) else {
                throw .image(400, "0001", "The sort_dir must be asc or desc.")
            }
            isAscending = parameter.value == "asc"
        }
    }

    var isNewestFirst: Bool { sortKey == "created_at" && !isAscending }

    /// Equal for equal questions, and empty when every image matches in the usual order.
    var question: String {
        let filters = conditions.isEmpty ? "" : "\(conditions)"
        return isNewestFirst ? filters : "\(filters) by \(sortKey) \(isAscending)"
    }

    func matches(_ image: HuaweiImage) -> Bool {
        conditions.allSatisfy { $0.matches(image) }
    }

    /// Where each row of the usual order goes; ties keep it.
    func order(_ images: [HuaweiImage]) -> [Int] {
        let newestFirst = Array(images.indices)
        if sortKey == "created_at" { return isAscending ? newestFirst.reversed() : newestFirst }
        let keys = images.map { $0.attribute(sortKey) ?? "" }
        return newestFirst.sorted { left, right in
            if keys[left] == keys[right] { return left < right }
            return (keys[left] < keys[right]) == isAscending
        }
    }

    /// A relative link, as the provider gives them.
    func link(path: String, marker: String?) -> String {
        var parameters = [Parameter(name: "__isregistered", value: "true")]
        if let marker { parameters.append(Parameter(name: "marker", value: marker)) }
        parameters.append(Parameter(name: "limit", value: String(limit)))
        let pairs = (parameters + repeated).map {
            "\(QueryText.encoded($0.name))=\(QueryText.encoded($0.value))"
        }
        return "\(path)?\(pairs.joined(separator: "&"))"
    }
}
