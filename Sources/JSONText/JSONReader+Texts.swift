/// What tokens mean. They were checked while they were read, and their text is valid UTF-8.
extension JSONReader {
    @inline(__always)
    mutating func expect(_ kind: JSONKind) throws(JSONError) {
        guard try peekKind() == kind else { throw JSONError(.wrongType, at: cursor) }
    }

    func text(_ token: JSONToken) -> String {
        guard !token.isEscaped else {
            return String(decoding: JSONToken.unescaped(bytes[token.range]), as: UTF8.self)
        }
        // Unchecked: the whole text was validated, and a token begins and ends between characters.
        return String(
            copying: UTF8Span(
                unchecked: bytes.span.extracting(unchecked: token.range),
                isKnownASCII: token.isASCII
            )
        )
    }

    @inline(__always)
    func word(_ token: JSONToken) -> JSONWord {
        guard !token.isEscaped else { return JSONWord(text(token).utf8.span) }
        // Fenced: the pointer is read within the call, inside the token's range.
        return bytes.withUnsafeBytes { text in
            guard let start = text.baseAddress else { return JSONWord("") }
            return JSONWord(start + token.range.lowerBound, count: token.range.count)
        }
    }

    func integer(_ token: Range<Int>) -> Int64? {
        // Beyond 18 characters a number may overflow.
        guard token.count <= 18 else { return Int64(text(number: token)) }
        var value: Int64 = 0
        let isNegative = bytes[token.lowerBound] == UInt8(ascii: "-")
        for index in token.lowerBound + (isNegative ? 1 : 0)..<token.upperBound {
            guard case 48...57 = bytes[index] else { return nil }
            value = value &* 10 &+ Int64(bytes[index] &- 48)
        }
        return isNegative ? -value : value
    }

    func text(number token: Range<Int>) -> String {
        text(JSONToken(range: token, isEscaped: false, isASCII: true))
    }
}
