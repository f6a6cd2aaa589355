/// A value that never shows itself: descriptions, reflections and logs print `«redacted»`.
public struct Redacted<Value: Sendable>: Sendable {
    /// The value itself, for the one place that must use it.
    public let revealed: Value

    public init(_ value: Value) {
        self.revealed = value
    }
}

extension Redacted: Equatable where Value: Equatable {}
extension Redacted: Hashable where Value: Hashable {}

extension Redacted: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "«redacted»" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
