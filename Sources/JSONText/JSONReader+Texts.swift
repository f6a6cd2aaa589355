/// What tokens mean. They were checked while they were read, and their text is valid UTF-8.
extension JSONReader {
    @inline(__always)
    mutating func expect(_ kind: JSONKind) throws(JSONError) {
        guard try peekKind() == kind else { throw JSONError(.wrongType, at: cursor) }
    }

    func string(_ token: JSONToken) -> String {
        guard !token.isEscaped else {
            return String(unsafeUninitializedCapacity: token.range.count) { result in
                JSONToken.unescape(text.bytes(token.range), into: result)
            }
        }
        // Unchecked: the whole text was validated, and a token begins and ends between characters.
        return String(
            copying: UTF8Span(
                unchecked: text.bytes(token.range).span,
                isKnownASCII: token.isASCII
            )
        )
    }

    func unescaped(_ token: JSONToken) -> [UInt8] {
        Array(unsafeUninitializedCapacity: token.range.count) { result, count in
            count = JSONToken.unescape(text.bytes(token.range), into: result)
        }
    }

    func word(_ token: JSONToken) -> JSONWord {
        guard !token.isEscaped else { return JSONWord(unescaped(token).span) }
        return JSONWord(text.bytes(token.range).span)
    }

    func integer(_ token: Range<Int>) -> Int64? {
        // Beyond 18 characters a number may overflow.
        guard token.count <= 18 else { return Int64(string(number: token)) }
        var value: Int64 = 0
        let isNegative = text[token.lowerBound] == UInt8(ascii: "-")
        for index in token.lowerBound + (isNegative ? 1 : 0)..<token.upperBound {
            let digit = text[index] &- 48
            guard digit < 10 else { return nil }
            value = value &* 10 &+ Int64(digit)
        }
        return isNegative ? -value : value
    }

    func string(number token: Range<Int>) -> String {
        string(JSONToken(range: token, isEscaped: false, isASCII: true))
    }
}
