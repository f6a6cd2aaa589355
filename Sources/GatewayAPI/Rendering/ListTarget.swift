/// Builds the request target of a list query from names and values.
public struct ListTarget: Sendable, Hashable {
    private var pairs: [Pair] = []

    private struct Pair: Sendable, Hashable {
        var name: String
        var value: String
    }

    public init() {}

    /// Hyphens in the name are underscores. Nothing else is checked: the route does that.
    public mutating func add(_ name: String, _ value: String) {
        pairs.append(Pair(name: Self.canonical(name), value: value))
    }

    /// Replaces every value of one parameter.
    public mutating func set(_ parameter: ListParameter, _ value: String) {
        pairs.removeAll { $0.name == parameter.rawValue }
        add(parameter.rawValue, value)
    }

    /// The values of one parameter, in order.
    public func values(_ parameter: ListParameter) -> [String] {
        pairs.filter { $0.name == parameter.rawValue }.map(\.value)
    }

    /// Path and query, percent-encoded.
    public var text: String {
        let query = pairs.map { "\(QueryString.encode($0.name))=\(QueryString.encode($0.value))" }
        return "/v1/images" + (query.isEmpty ? "" : "?\(query.joined(separator: "&"))")
    }

    private static func canonical(_ name: String) -> String {
        String(name.map { $0 == "-" ? "_" : $0 })
    }
}
