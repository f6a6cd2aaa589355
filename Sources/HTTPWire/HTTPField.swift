/// One header field. Names are lower-case; they compare without case (RFC 9110 §5.1).
public struct HTTPField: Sendable, Hashable {
    public var name: String
    public var value: String

    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

extension [HTTPField] {
    /// The first field of that lower-case name.
    public func value(of name: String) -> String? {
        first { $0.name == name }?.value
    }

    /// All fields of that lower-case name, joined as RFC 9110 §5.3 says; `nil` without any.
    public func combinedValue(of name: String) -> String? {
        let values = filter { $0.name == name }.map(\.value)
        return values.isEmpty ? nil : values.joined(separator: ", ")
    }
}
