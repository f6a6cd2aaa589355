/// The grammar of RFC 8259. Bytes are read without a check of bounds where `cursor` was compared
/// with `bytes.count` before.
extension JSONReader {
    /// The byte at the cursor; 0, which nothing in the grammar starts with, at the end.
    @inline(__always)
    var nextByte: UInt8 { cursor < bytes.count ? bytes.span[unchecked: cursor] : 0 }

    /// What is wrong at the cursor, unless it is that the text ends there.
    func failure(_ code: JSONError.Code) -> JSONError {
        JSONError(cursor < bytes.count ? code : .unexpectedEnd, at: cursor)
    }

    @inline(__always)
    mutating func skipBlanks() {
        if cursor < bytes.count, bytes.span[unchecked: cursor] <= 0x20 { skipMoreBlanks() }
    }

    private mutating func skipMoreBlanks() {
        while true {
            switch nextByte {
            case 0x20, 0x0A, 0x0D, 0x09: cursor += 1
            default: return
            }
        }
    }

    @inline(__always)
    mutating func begin(_ bracket: UInt8) throws(JSONError) {
        skipBlanks()
        guard nextByte == bracket else { throw failure(.wrongType) }
        guard depth < limits.depthMax else { throw failure(.tooDeep) }
        cursor += 1
        depth += 1
        expectsFirst = true
    }

    /// Moves to the next item of the current container, or over its closing bracket.
    @inline(__always)
    mutating func advance(to closing: UInt8) throws(JSONError) -> Bool {
        skipBlanks()
        let byte = nextByte
        if byte == UInt8(ascii: ","), !expectsFirst {
            cursor += 1
            skipBlanks()
            let first = nextByte
            if first == closing || first == 0 { throw failure(.unexpectedByte) }
            return true
        }
        if byte == closing {
            cursor += 1
            depth -= 1
            expectsFirst = false
            return false
        }
        guard expectsFirst, byte != 0 else { throw failure(.unexpectedByte) }
        expectsFirst = false
        return true
    }

    /// The next member's key, and moves behind its colon; `nil` once the object is closed.
    @inline(__always)
    mutating func keyToken() throws(JSONError) -> JSONToken? {
        guard try advance(to: UInt8(ascii: "}")) else { return nil }
        let token = try stringToken()
        skipBlanks()
        guard nextByte == UInt8(ascii: ":") else { throw failure(.unexpectedByte) }
        cursor += 1
        return token
    }

    mutating func literal(_ text: StaticString) throws(JSONError) {
        let start = cursor
        for index in 0..<text.utf8CodeUnitCount {
            guard start + index < bytes.count else { throw JSONError(.unexpectedEnd, at: start) }
            let expected = text.utf8Start[index]
            guard bytes[start + index] == expected else {
                throw JSONError(.invalidLiteral, at: start)
            }
        }
        cursor = start + text.utf8CodeUnitCount
    }

    mutating func stringToken() throws(JSONError) -> JSONToken {
        skipBlanks()
        guard nextByte == UInt8(ascii: "\"") else { throw failure(.unexpectedByte) }
        cursor += 1
        let start = cursor
        var isEscaped = false
        var highBits: UInt64 = 0
        while true {
            let plain = plainText(from: cursor)
            cursor = plain.end
            highBits |= plain.highBits
            switch nextByte {
            case UInt8(ascii: "\""):
                cursor += 1
                return JSONToken(
                    range: Range(uncheckedBounds: (start, cursor - 1)),
                    isEscaped: isEscaped,
                    isASCII: highBits == 0
                )
            case UInt8(ascii: "\\"):
                isEscaped = true
                try escape()
            default: throw failure(.controlCharacter)
            }
        }
    }

    /// Where the quote, backslash or control character stands that ends the text here, or the end of all;
    /// and the high bits of the bytes before it.
    @inline(__always)
    private func plainText(from start: Int) -> (end: Int, highBits: UInt64) {
        let text = bytes.span.bytes
        var index = start
        var high: UInt64 = 0
        // Unchecked: the eight bytes at `index` are inside the text.
        while index &+ 8 <= text.byteCount {
            let eight = text.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self)
                .littleEndian
            let ends = ByteLanes.textEnds(eight)
            if ends != 0 {
                high |= eight & ByteLanes.before(ends)
                return (index &+ (ends.trailingZeroBitCount &>> 3), high & ByteLanes.highBits)
            }
            high |= eight
            index &+= 8
        }
        let last = lastPlainText(from: index)
        return (last.end, high & ByteLanes.highBits | last.highBits)
    }

    /// The same byte by byte, for the last seven of the text.
    private func lastPlainText(from start: Int) -> (end: Int, highBits: UInt64) {
        var high: UInt64 = 0
        for index in start..<bytes.count {
            switch bytes[index] {
            case 0..<0x20, UInt8(ascii: "\""), UInt8(ascii: "\\"): return (index, high)
            case let byte: high |= UInt64(byte & 0x80)
            }
        }
        return (bytes.count, high)
    }

    private mutating func escape() throws(JSONError) {
        let start = cursor
        cursor += 1
        switch nextByte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
            UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            cursor += 1
        case UInt8(ascii: "u"):
            cursor += 1
            for _ in 0..<4 {
                guard JSONToken.hexDigit(nextByte) != nil else {
                    if cursor == bytes.count { throw failure(.invalidEscape) }
                    throw JSONError(.invalidEscape, at: start)
                }
                cursor += 1
            }
        default:
            if cursor == bytes.count { throw failure(.invalidEscape) }
            throw JSONError(.invalidEscape, at: start)
        }
    }

    mutating func numberToken() throws(JSONError) -> Range<Int> {
        let start = cursor
        if nextByte == UInt8(ascii: "-") { cursor += 1 }
        let leadingZero = nextByte == UInt8(ascii: "0")
        let integerDigits = skipDigits()
        guard integerDigits > 0, !leadingZero || integerDigits == 1 else {
            throw JSONError(.invalidNumber, at: start)
        }
        if nextByte == UInt8(ascii: ".") {
            cursor += 1
            guard skipDigits() > 0 else { throw JSONError(.invalidNumber, at: start) }
        }
        if nextByte | 0x20 == UInt8(ascii: "e") {
            cursor += 1
            if nextByte == UInt8(ascii: "+") || nextByte == UInt8(ascii: "-") { cursor += 1 }
            guard skipDigits() > 0 else { throw JSONError(.invalidNumber, at: start) }
        }
        return start..<cursor
    }

    @inline(__always)
    private mutating func skipDigits() -> Int {
        let start = cursor
        while case 48...57 = nextByte { cursor += 1 }
        return cursor - start
    }
}
