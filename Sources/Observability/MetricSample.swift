/// One number of a family that is read when it is asked for.
public struct MetricSample: Sendable, Hashable {
    /// In the order of the family's labels; theirs must be few and bounded.
    public var values: [String]
    public var value: Double

    public init(_ value: Double, _ values: String...) {
        self.values = values
        self.value = value
    }
}
