/// What Prometheus accepts as names. Ours are constants of the source: a wrong one is our own contradiction.
enum MetricName {
    static func check(_ name: String, labels: [String]) {
        precondition(isMetricName(name), "\(name) was believed to be a metric's name")
        precondition(labels.allSatisfy(isLabelName), "\(name) has a label that is none")
    }

    /// `[a-zA-Z_:][a-zA-Z0-9_:]*`
    private static func isMetricName(_ name: String) -> Bool {
        isLabelName(name.filter { $0 != ":" }) && name.utf8.first.map(isDigit) == false
    }

    /// `[a-zA-Z_][a-zA-Z0-9_]*`
    private static func isLabelName(_ name: String) -> Bool {
        guard let first = name.utf8.first, !isDigit(first) else { return false }
        return name.utf8.allSatisfy { byte in
            isDigit(byte) || byte == UInt8(ascii: "_")
                || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    }
}
