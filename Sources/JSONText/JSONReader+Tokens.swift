/// The grammar of RFC 8259. Bytes are read without a check of bounds where `cursor` was compared
/// with `bytes.count` before.
extension JSONReader {
    /// The byte at the cursor; 0, which nothing in the grammar starts with, at the end.
    @inlinable @inline(__always)
    var nextByte: UInt8 { cursor < bytes.count ? bytes.span[unchecked: cursor] : 0 }

    /// What is wrong at the cursor, unless it is that the text ends there.
    @usableFromInline
    func failure(_ code: JSONError.Code) -> JSONError {
        JSONError(cursor < bytes.count ? code : .unexpectedEnd, at: cursor)
    }

    @inlinable @inline(__always)
    mutating func skipBlanks() {
        if cursor < bytes.count, bytes.span[unchecked: cursor] <= 0x20 { skipMoreBlanks() }
    }

    @usableFromInline
    mutating func skipMoreBlanks() {
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
    @inlinable @inline(__always)
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
    @inlinable @inline(__always)
    mutating func readKey() throws(JSONError) -> JSONKey? {
        guard try advance(to: UInt8(ascii: "}")) else { return nil }
        guard nextByte == UInt8(ascii: "\"") else { throw failure(.unexpectedByte) }
        keyStart = cursor
        let word = try wordToken()
        if nextByte != UInt8(ascii: ":") {
            skipMoreBlanks()
            guard nextByte == UInt8(ascii: ":") else { throw failure(.unexpectedByte) }
        }
        cursor += 1
        return word
    }

    /// The string whose quote is at the cursor, in registers.
    @inlinable @inline(__always)
    mutating func wordToken() throws(JSONError) -> JSONWord {
        if let block = block(at: cursor &+ 1), block.byteCount < 16 {
            let end = cursor &+ 1 &+ block.byteCount
            // Unchecked: the block is inside the text.
            if bytes.span[unchecked: end] == UInt8(ascii: "\"") {
                cursor = end &+ 1
                return JSONWord(block)
            }
        }
        return try longWordToken()
    }

    /// The same of a text that is longer than a block, holds escapes, or stands at the end of all.
    @usableFromInline
    mutating func longWordToken() throws(JSONError) -> JSONWord {
        word(try stringToken())
    }

    /// `nil` where fewer than sixteen bytes are left.
    @inlinable @inline(__always)
    func block(at offset: Int) -> TextBlock? {
        let text = bytes.span.bytes
        guard offset &+ 16 <= text.byteCount else { return nil }
        // Unchecked: the sixteen bytes at `offset` are inside the text.
        return TextBlock(
            text.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self)
                .littleEndian,
            text.unsafeLoadUnaligned(fromUncheckedByteOffset: offset &+ 8, as: UInt64.self)
                .littleEndian
        )
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

    /// Whether a string comes next; moves to it.
    var isStringNext: Bool {
        mutating get {
            skipBlanks()
            return nextByte == UInt8(ascii: "\"")
        }
    }

    /// The string whose quote is at the cursor.
    mutating func stringToken() throws(JSONError) -> JSONToken {
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
        var index = start
        var high: UInt64 = 0
        while let block = block(at: index) {
            high |= block.highBits
            index &+= block.byteCount
            if block.byteCount < 16 { return (index, high) }
        }
        let last = lastPlainText(from: index)
        return (last.end, high | last.highBits)
    }

    /// The same byte by byte, for the last fifteen of the text.
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
