extension ConfigurationChecker {
    /// Numbers, durations and sizes; everything else here is of the wrong type.
    mutating func settleMeasure(
        _ tree: JSON5Tree,
        as kind: SchemaKind,
        at path: ConfigurationPath
    ) -> SettledValue? {
        attempt(path) { () throws(TextComplaint) in
            switch (kind, tree) {
            case (.duration(let range), .text(let text)):
                let value = try DurationText.parse(text)
                try Self.hold(value, in: range, shown: Excerpt.quoted(text), DurationText.text)
                return .duration(value)
            case (.size(let range), .text(let text)):
                let value = try SizeText.parse(text)
                try Self.hold(value, in: range, shown: Excerpt.quoted(text), SizeText.text)
                return .size(value)
            case (.integer(let range), .integer(let value)):
                try Self.hold(value, in: range, shown: "\(value)") { "\($0)" }
                return .integer(value)
            case (.number(let range), .integer(let value)):
                return try Self.number(Double(value), in: range)
            case (.number(let range), .number(let value)): return try Self.number(value, in: range)
            case (.ratio, .integer(let value)): return try Self.ratio(Double(value))
            case (.ratio, .number(let value)): return try Self.ratio(value)
            default: throw Self.wrongType(tree, kind)
            }
        }
    }

    private static func ratio(_ value: Double) throws(TextComplaint) -> SettledValue {
        try hold(value, in: 0...1, shown: "\(value)") { "\(Int($0))" }
        return .number(value)
    }

    private static func hold<Value: Comparable>(
        _ value: Value,
        in range: ClosedRange<Value>,
        shown: String,
        _ text: (Value) -> String
    ) throws(TextComplaint) {
        guard !range.contains(value) else { return }
        let bounds = "the range is \(text(range.lowerBound)) to \(text(range.upperBound))"
        throw TextComplaint("\(shown) is out of range", bounds)
    }

    private static func number(
        _ value: Double,
        in range: ClosedRange<Double>
    ) throws(TextComplaint) -> SettledValue {
        guard value > range.lowerBound, value <= range.upperBound else {
            let bounds = "above \(Int(range.lowerBound)), up to \(Int(range.upperBound))"
            throw TextComplaint("\(value) is out of range", bounds)
        }
        return .number(value)
    }

    static func wrongType(_ tree: JSON5Tree, _ kind: SchemaKind) -> TextComplaint {
        switch (kind, tree) {
        case (_, .null):
            TextComplaint("null is no value here", "leave the key out to have its default")
        case (.duration, .integer(let count)): DurationText.measure.bareNumber(count)
        case (.duration, .number): DurationText.measure.bareNumber(nil)
        case (.size, .integer(let count)): SizeText.measure.bareNumber(count)
        case (.size, .number): SizeText.measure.bareNumber(nil)
        case (.integer, .number), (.integer, .unrepresentable):
            TextComplaint("must be a whole number")
        case (_, .unrepresentable): TextComplaint("is a number too large to hold")
        default: TextComplaint("must be \(kind.description), not \(tree.typeName)")
        }
    }
}
