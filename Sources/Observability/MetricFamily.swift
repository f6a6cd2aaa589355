import Synchronization

/// One metric by the values of its labels. `with` and `part` take a lock: call them once and keep what they
/// return.
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
    private let children = Mutex<[[String]: [Metric]]>([:])

    init(
        name: String,
        help: String,
        labels: [String],
        childCountMax: Int,
        make: @escaping @Sendable () -> Metric,
    ) {
        MetricName.check(name, labels: labels)
        self.name = name
        self.help = help
        self.labels = labels
        self.childCountMax = childCountMax
        self.make = make
    }

    /// The metric for these values, in the order of the labels. Once there are `childCountMax` of them, any
    /// new combination shares one whose values are all `other`.
    public func with(_ values: String...) -> Metric {
        children.withLock { children in
            let key = key(values, in: children)
            if let metric = children[key]?.first { return metric }
            return add(to: key, in: &children)
        }
    }

    /// A metric of the caller's own for these values; the text shows the sum of all of them. One per loop lets
    /// loops count without touching each other's memory. Each call adds one that stays.
    public func part(_ values: String...) -> Metric {
        children.withLock { children in add(to: key(values, in: children), in: &children) }
    }

    /// Forgets the children whose values, in the order of the labels, are not wanted any more. Whoever still
    /// holds one counts for nobody.
    public func remove(where isUnwanted: ([String]) -> Bool) {
        children.withLock { children in children = children.filter { !isUnwanted($0.key) } }
    }

    /// By label values, in their order.
    var sorted: [(values: [String], parts: [Metric])] {
        children.withLock { $0.map { (values: $0.key, parts: $0.value) } }
            .sorted { $0.values.lexicographicallyPrecedes($1.values) }
    }

    private func key(_ values: [String], in children: [[String]: [Metric]]) -> [String] {
        precondition(values.count == labels.count, "\(name) has \(labels.count) labels")
        let key = values.map { $0.cut(toBytes: Self.labelBytesMax) }
        let hasRoom = children.count < childCountMax || children[key] != nil
        return hasRoom ? key : labels.map { _ in Self.overflowLabel }
    }

    private func add(to key: [String], in children: inout [[String]: [Metric]]) -> Metric {
        let metric = make()
        children[key, default: []].append(metric)
        return metric
    }
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
