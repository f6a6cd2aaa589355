import Synchronization

/// One metric by the values of its labels. `with` takes a lock: call it once and keep what it returns.
public final class MetricFamily<Metric: Sendable>: Sendable {
    /// Upper bound on UTF-8 bytes of a label's value; what is longer is cut.
    public static var labelBytesMax: Int { 128 }
    /// The labels of whatever comes after `childCountMax` children.
    public static var overflowLabel: String { "other" }

    let name: String
    let help: String
    let labels: [String]
    private let childCountMax: Int
    private let make: @Sendable () -> Metric
    private let children = Mutex<[[String]: Metric]>([:])

    init(
        name: String,
        help: String,
        labels: [String],
        childCountMax: Int,
        make: @escaping @Sendable () -> Metric,
    ) {
        precondition(isMetricName(name), "\(name) was believed to be a metric's name")
        precondition(labels.allSatisfy(isLabelName), "\(name) has a label that is none")
        self.name = name
        self.help = help
        self.labels = labels
        self.childCountMax = childCountMax
        self.make = make
    }

    /// The metric for these values, in the order of the labels. Once there are `childCountMax` of them, any
    /// new combination shares one whose values are all `other`.
    public func with(_ values: String...) -> Metric {
        precondition(values.count == labels.count, "\(name) has \(labels.count) labels")
        let key = values.map { $0.cut(toBytes: Self.labelBytesMax) }
        return children.withLock { children in
            if let metric = children[key] { return metric }
            let isFull = children.count >= childCountMax
            return child(isFull ? labels.map { _ in Self.overflowLabel } : key, in: &children)
        }
    }

    /// By label values, in their order.
    var sorted: [(values: [String], metric: Metric)] {
        children.withLock { $0.map { (values: $0.key, metric: $0.value) } }
            .sorted { $0.values.lexicographicallyPrecedes($1.values) }
    }

    private func child(_ key: [String], in children: inout [[String]: Metric]) -> Metric {
        if let metric = children[key] { return metric }
        let metric = make()
        children[key] = metric
        return metric
    }
}

/// `[a-zA-Z_:][a-zA-Z0-9_:]*`
private func isMetricName(_ name: String) -> Bool {
    isLabelName(name.filter { $0 != ":" }) && name.utf8.first.map(isDigit) == false
}

/// `[a-zA-Z_][a-zA-Z0-9_]*`
private func isLabelName(_ name: String) -> Bool {
    guard let first = name.utf8.first, !isDigit(first) else { return false }
    return name.utf8.allSatisfy { byte in
        isDigit(byte) || byte == UInt8(ascii: "_")
            || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
    }
}

private func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
}

extension String {
    /// At a character's edge.
    fileprivate func cut(toBytes bytesMax: Int) -> String {
        guard utf8.count > bytesMax else { return self }
        var text = self
        while text.utf8.count > bytesMax { text.removeLast() }
        return text
    }
}
