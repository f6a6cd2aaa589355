/// A whole number and a unit, as durations and sizes are written.
struct MeasureText: Sendable {
    /// For messages: `duration`, `size`.
    let noun: String
    /// Unit and its worth, smallest first.
    let units: [(name: String, worth: Int)]
    /// Units that `plain(_:)` writes, largest first.
    let written: [String]
    let example: String

    /// The worth of `text` in the smallest unit. Complaints repeat a text of figures and units alone: any other one is in
    /// the wrong place and may be a secret, and so may a long figure.
    func parse(_ text: String) throws(TextComplaint) -> Int {
        guard !text.isEmpty else { throw TextComplaint("is empty", "write \"\(example)\"") }
        let digits = text.utf8.prefix(while: ASCII.isDigit)
        let unit = String(text.dropFirst(digits.count))
        guard !digits.isEmpty else { throw notAMeasure }
        guard !unit.isEmpty else { throw lacksUnit(text) }
        guard let worth = units.first(where: { $0.name == unit })?.worth else {
            throw badUnit(text)
        }
        guard let count = Int(String(text.prefix(digits.count))) else { throw tooLarge }
        let (total, overflows) = count.multipliedReportingOverflow(by: worth)
        if overflows { throw tooLarge }
        return total
    }

    /// What to say about a number that stands without quotes and unit.
    func bareNumber(_ count: Int?) -> TextComplaint {
        lacksUnit("is a bare number; a \(noun) is a text with a unit", count)
    }

    /// The shortest exact spelling.
    func plain(_ total: Int) -> String {
        for name in written {
            guard let worth = units.first(where: { $0.name == name })?.worth else { continue }
            if total.isMultiple(of: worth), total != 0 { return "\(total / worth)\(name)" }
        }
        return "\(total)\(units.first?.name ?? "")"
    }

    /// Larger numbers are not repeated.
    private static let shownMax = 999_999_999

    private func lacksUnit(_ text: String) -> TextComplaint {
        guard let count = Int(text), count <= Self.shownMax else {
            return lacksUnit("lacks a unit", nil)
        }
        return lacksUnit("\(Excerpt.quotedWord(text)) lacks a unit", count)
    }

    private func lacksUnit(_ message: String, _ count: Int?) -> TextComplaint {
        guard let count, (0...Self.shownMax).contains(count) else {
            return TextComplaint(message, "for example \"\(example)\"")
        }
        let choices = units.prefix(2).map { "\"\(count)\($0.name)\"" }
        return TextComplaint(message, "write \(choices.joined(separator: " or "))")
    }

    private var tooLarge: TextComplaint { TextComplaint("is too large for a \(noun)") }

    private var notAMeasure: TextComplaint {
        TextComplaint(
            "is no \(noun)",
            "a \(noun) is a whole number and a unit, for example \"\(example)\""
        )
    }

    private func badUnit(_ text: String) -> TextComplaint {
        let names = units.map(\.name).joined(separator: ", ")
        guard let total = lenientTotal(text) else {
            return TextComplaint("has an unknown unit", "the units are \(names)")
        }
        let rule = "\(Excerpt.quotedWord(text)) is not one whole number and one unit of \(names)"
        return TextComplaint(rule, "write \"\(plain(total))\"")
    }

    /// What people mean by `1h30m`, `1.5s`, `10 m`, `10min` and `64mib`; `nil` where it is anybody's guess.
    private func lenientTotal(_ text: String) -> Int? {
        var rest = Substring(text.filter { $0 != " " })
        var total = 0.0
        while !rest.isEmpty {
            let figure = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            rest = rest.dropFirst(figure.count)
            let unit = rest.prefix { $0.isLetter }
            rest = rest.dropFirst(unit.count)
            guard let count = Double(figure), let worth = lenientWorth(unit) else { return nil }
            total += count * Double(worth)
        }
        return total.rounded() == total && total < 1e15 ? Int(total) : nil
    }

    private func lenientWorth(_ unit: Substring) -> Int? {
        let folded = unit.lowercased()
        let exact = units.first { $0.name.lowercased() == folded }?.worth
        return exact
            ?? Self.synonyms[folded].flatMap { name in
                units.first { $0.name == name }?.worth
            }
    }

    private static let synonyms: [String: String] = [
        "msec": "ms", "millis": "ms", "milliseconds": "ms", "sec": "s", "secs": "s", "second": "s",
        "seconds": "s", "min": "m", "mins": "m", "minute": "m", "minutes": "m", "hr": "h",
        "hour": "h", "hours": "h", "day": "d", "days": "d", "k": "KiB", "ki": "KiB", "mi": "MiB",
        "gi": "GiB", "g": "GiB", "byte": "B", "bytes": "B",
    ]
}
