/// The grammar of RFC 8259. At the end of the text a zero is read, which the grammar does not know.
extension JSONReader {
    /// The byte at the cursor; 0 at the end.
    @inlinable
    var nextByte: UInt8 {
        @inline(__always) get { text[cursor] }
    }

    /// What is wrong at the cursor, unless it is that the text ends there.
    @usableFromInline
    func failure(_ code: JSONError.Code) -> JSONError {
        JSONError(cursor < text.count ? code : .unexpectedEnd, at: cursor)
    }

    @inlinable @inline(__always)
    mutating func skipBlanks() {
        if nextByte <= 0x20 { skipMoreBlanks() }
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
        // As most servers write: a comma and the next key, without blanks.
        if nextByte == UInt8(ascii: ","), !expectsFirst, text[cursor &+ 1] == UInt8(ascii: "\"") {
            cursor &+= 1
        } else if try !findKey() {
            return nil
        }
        keyStart = cursor
        let word = try wordToken()
        if nextByte != UInt8(ascii: ":") {
            skipMoreBlanks()
            guard nextByte == UInt8(ascii: ":") else { throw failure(.unexpectedByte) }
        }
        cursor += 1
        return word
    }

    /// Moves to the next key's quote; `false` once the object is closed.
    @usableFromInline
    mutating func findKey() throws(JSONError) -> Bool {
        guard try advance(to: UInt8(ascii: "}")) else { return false }
        guard nextByte == UInt8(ascii: "\"") else { throw failure(.unexpectedByte) }
        return true
    }

    /// The string whose quote is at the cursor, in registers.
    @inlinable @inline(__always)
    mutating func wordToken() throws(JSONError) -> JSONWord {
        let block = text.block(at: cursor &+ 1)
        if block.byteCount < 16 {
            let end = cursor &+ 1 &+ block.byteCount
            if text[end] == UInt8(ascii: "\"") {
                cursor = end &+ 1
                return JSONWord(block)
            }
        }
        return try longWordToken()
    }

    /// The same of a text that is longer than a block or holds escapes, or that is wrong.
    @usableFromInline
    mutating func longWordToken() throws(JSONError) -> JSONWord {
        word(try stringToken())
    }

    mutating func literal(_ word: StaticString) throws(JSONError) {
        let start = cursor
        for index in 0..<word.utf8CodeUnitCount {
            guard start + index < text.count else { throw JSONError(.unexpectedEnd, at: start) }
            guard text[start + index] == word.utf8Start[index] else {
                throw JSONError(.invalidLiteral, at: start)
            }
        }
        cursor = start + word.utf8CodeUnitCount
    }

    /// Whether a string comes next; moves to it.
    var isStringNext: Bool {
        mutating get {
            skipBlanks()
            return nextByte == UInt8(ascii: "\"")
        }
    }

    /// The string whose quote is at the cursor. Short ones are taken from a single block.
    @inline(__always)
    mutating func stringToken() throws(JSONError) -> JSONToken {
        let block = text.block(at: cursor &+ 1)
        let (start, end) = (cursor &+ 1, cursor &+ 1 &+ block.byteCount)
        if block.byteCount < 16, text[end] == UInt8(ascii: "\"") {
            cursor = end &+ 1
            return JSONToken(
                range: Range(uncheckedBounds: (start, end)),
                isEscaped: false,
                isASCII: block.highBits == 0
            )
        }
        return try longStringToken(from: start, readTo: end, highBits: block.highBits)
    }

    /// The string that begins at `start` and whose bytes before `end` are plain text.
    private mutating func longStringToken(
        from start: Int,
        readTo end: Int,
        highBits: UInt64
    ) throws(JSONError) -> JSONToken {
        cursor = end
        var isEscaped = false
        var highBits = highBits
        while true {
            highBits |= skipPlainText()
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

    /// Moves to the byte that ends a run of plain text; the high bits of the bytes that were passed.
    @inline(__always)
    private mutating func skipPlainText() -> UInt64 {
        var highBits: UInt64 = 0
        while let bytes = text.eight(at: cursor) {
            let ends = ByteLanes.textEnds(bytes)
            if ends != 0 {
                highBits |= bytes & ByteLanes.before(ends)
                cursor &+= ends.trailingZeroBitCount &>> 3
                return highBits & ByteLanes.highBits
            }
            highBits |= bytes
            cursor &+= 8
        }
        // The text ends within the next bytes.
        let block = text.lastBlock(at: cursor)
        cursor &+= block.byteCount
        return (highBits | block.highBits) & ByteLanes.highBits
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
                    if cursor == text.count { throw failure(.invalidEscape) }
                    throw JSONError(.invalidEscape, at: start)
                }
                cursor += 1
            }
        default:
            if cursor == text.count { throw failure(.invalidEscape) }
            throw JSONError(.invalidEscape, at: start)
        }
    }

    mutating func numberToken() throws(JSONError) -> Range<Int> {
        let start = cursor
        if let count = shortIntegerByteCount {
            cursor &+= count
            return Range(uncheckedBounds: (start, cursor))
        }
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

    /// The bytes of the number at the cursor, if it is one of up to seven digits that has neither sign nor zeros before
    /// it, and no fraction or exponent behind it.
    @inline(__always)
    private var shortIntegerByteCount: Int? {
        guard nextByte != UInt8(ascii: "0"), let bytes = text.eight(at: cursor) else { return nil }
        let others = ByteLanes.othersThanDigits(bytes)
        let count = others.trailingZeroBitCount &>> 3
        guard count > 0, others != 0 else { return nil }
        let mark = UInt8(truncatingIfNeeded: bytes &>> UInt64(truncatingIfNeeded: 8 &* count))
        guard mark != UInt8(ascii: "."), mark | 0x20 != UInt8(ascii: "e") else { return nil }
        return count
    }

    @inline(__always)
    private mutating func skipDigits() -> Int {
        let start = cursor
        while case 48...57 = nextByte { cursor += 1 }
        return cursor - start
    }
}
