/// Numbers as a glance takes them: three digits and a unit.
enum Figure {
    /// `-` for what nobody knows.
    static func count(_ value: Double?) -> String {
        guard let value, value.isFinite else { return "-" }
        switch abs(value) {
        case ..<9.95: return value == value.rounded() ? "\(Int(value))" : tenths(value)
        case ..<9_999.5: return "\(Int(value.rounded()))"
        case ..<999_950: return "\(tenths(value / 1_000))k"
        default: return "\(tenths(value / 1_000_000))M"
        }
    }

    static func bytes(_ value: Double?) -> String {
        guard let value, value.isFinite else { return "-" }
        let units = ["B", "kB", "MB", "GB", "TB"]
        var (rest, unit) = (value, 0)
        while rest >= 999.5, unit < units.count - 1 {
            rest /= 1_000
            unit += 1
        }
        return "\(unit == 0 ? "\(Int(rest))" : count(rest)) \(units[unit])"
    }

    /// A latency.
    static func time(seconds: Double?) -> String {
        guard let seconds, seconds.isFinite else { return "-" }
        switch seconds {
        case ..<0.001: return "\(count(seconds * 1_000_000)) µs"
        case ..<1: return "\(count(seconds * 1_000)) ms"
        default: return "\(count(seconds)) s"
        }
    }

    /// An age or an uptime, its two largest units.
    static func age(seconds: Double?) -> String {
        guard let seconds, seconds.isFinite, seconds >= 0 else { return "-" }
        let whole = Int(seconds)
        switch whole {
        case ..<60: return "\(whole)s"
        case ..<3_600: return "\(whole / 60)m\(padded(whole % 60))s"
        case ..<86_400: return "\(whole / 3_600)h\(padded(whole / 60 % 60))m"
        default: return "\(whole / 86_400)d\(padded(whole / 3_600 % 24))h"
        }
    }

    private static func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }

    private static func tenths(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(abs(tenths % 10))"
    }
}
