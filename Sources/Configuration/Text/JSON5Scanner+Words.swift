extension JSON5Scanner {
    /// A key without quotes: ECMAScript 5.1 §7.6, without escapes.
    mutating func scanIdentifier() throws(JSON5SyntaxError) -> String {
        let start = offset
        while let (scalar, width) = nextScalar(), Self.continues(scalar, isFirst: offset == start) {
            offset += width
        }
        guard offset > start else {
            throw failure(
                "a key is expected, not \(describeNext())",
                "quote keys that are no words"
            )
        }
        return String(decoding: bytes[start..<offset], as: UTF8.self)
    }

    /// `null`, `true`, `false` or a number.
    mutating func scanWord() throws(JSON5SyntaxError) {
        let start = offset
        while let byte = peek, Self.isWordPart(byte) { offset += 1 }
        guard offset > start else {
            throw failure("a value is expected, not \(describeNext())")
        }
        let word = bytes[start..<offset]
        if Self.words.contains(String(decoding: word, as: UTF8.self)) { return }
        guard !Self.isNumber(word) else { return }
        offset = start
        throw notAValue(word)
    }

    private func notAValue(_ word: ArraySlice<UInt8>) -> JSON5SyntaxError {
        let isNumeric = word.first.map { !ASCII.isLetter($0) } ?? false
        return isNumeric
            ? failure("this is not a number", "texts need quotes")
            : failure("this word is not a value", "texts need quotes")
    }

    private static let words: Set<String> = ["null", "true", "false"]

    private static func isWordPart(_ byte: UInt8) -> Bool {
        ASCII.isWordByte(byte) || byte >= 0x80
            || [UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "$")]
                .contains(byte)
    }

    private func nextScalar() -> (Unicode.Scalar, Int)? {
        guard offset < bytes.count else { return nil }
        var decoder = UTF8()
        var iterator = bytes[offset..<min(offset + 4, bytes.count)].makeIterator()
        guard case .scalarValue(let scalar) = decoder.decode(&iterator) else { return nil }
        return (scalar, UTF8.width(scalar))
    }

    private static func continues(_ scalar: Unicode.Scalar, isFirst: Bool) -> Bool {
        if scalar == "$" || scalar == "_" { return true }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .letterNumber:
            return true
        case .nonspacingMark, .spacingMark, .decimalNumber, .connectorPunctuation: return !isFirst
        default: return !isFirst && (scalar == "\u{200C}" || scalar == "\u{200D}")
        }
    }

    // MARK: Numbers

    private static func isNumber(_ word: ArraySlice<UInt8>) -> Bool {
        var rest = word
        if let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
            rest = rest.dropFirst()
        }
        let text = String(decoding: rest, as: UTF8.self)
        if text == "Infinity" || text == "NaN" { return true }
        if text.hasPrefix("0x") || text.hasPrefix("0X") { return isHex(rest.dropFirst(2)) }
        return isDecimal(rest)
    }

    private static func isHex(_ digits: ArraySlice<UInt8>) -> Bool {
        !digits.isEmpty && digits.allSatisfy { ASCII.hexValue($0) != nil }
    }

    private static func isDecimal(_ word: ArraySlice<UInt8>) -> Bool {
        let whole = word.prefix(while: ASCII.isDigit)
        guard whole.first != UInt8(ascii: "0") || whole.count == 1 else { return false }
        var rest = word.dropFirst(whole.count)
        var fraction: ArraySlice<UInt8> = []
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            fraction = rest.prefix(while: ASCII.isDigit)
            rest = rest.dropFirst(fraction.count)
        }
        return !(whole.isEmpty && fraction.isEmpty) && isExponent(rest)
    }

    private static func isExponent(_ word: ArraySlice<UInt8>) -> Bool {
        guard let letter = word.first else { return true }
        guard letter | 0x20 == UInt8(ascii: "e") else { return false }
        var digits = word.dropFirst()
        if digits.first == UInt8(ascii: "+") || digits.first == UInt8(ascii: "-") {
            digits = digits.dropFirst()
        }
        return !digits.isEmpty && digits.allSatisfy(ASCII.isDigit)
    }
}
