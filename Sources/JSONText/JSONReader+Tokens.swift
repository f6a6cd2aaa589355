/// The grammar of RFC 8259, byte by byte.
extension JSONReader {
    mutating func skipBlanks() {
        while cursor < bytes.count {
            switch bytes[cursor] {
            case 0x20, 0x0A, 0x0D, 0x09: cursor += 1
            default: return
            }
        }
    }

    func currentByte() throws(JSONError) -> UInt8 {
        guard cursor < bytes.count else { throw JSONError(.unexpectedEnd, at: cursor) }
        return bytes[cursor]
    }

    mutating func expect(_ byte: UInt8) throws(JSONError) {
        guard try currentByte() == byte else { throw JSONError(.unexpectedByte, at: cursor) }
        cursor += 1
    }

    mutating func begin(_ bracket: UInt8) throws(JSONError) {
        skipBlanks()
        guard try currentByte() == bracket else { throw JSONError(.wrongType, at: cursor) }
        guard depth < limits.depthMax else { throw JSONError(.tooDeep, at: cursor) }
        cursor += 1
        depth += 1
        expectsFirst = true
    }

    /// Moves to the next item of the current container, or over its closing bracket.
    mutating func advance(to closing: UInt8) throws(JSONError) -> Bool {
        skipBlanks()
        let byte = try currentByte()
        if byte == closing {
            cursor += 1
            depth -= 1
            expectsFirst = false
            return false
        }
        if expectsFirst {
            expectsFirst = false
            return true
        }
        try expect(UInt8(ascii: ","))
        skipBlanks()
        if try currentByte() == closing { throw JSONError(.unexpectedByte, at: cursor) }
        return true
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

    /// The range between the quotes, and whether it holds escapes.
    mutating func stringToken() throws(JSONError) -> (range: Range<Int>, isEscaped: Bool) {
        skipBlanks()
        try expect(UInt8(ascii: "\""))
        let start = cursor
        var isEscaped = false
        while true {
            switch try currentByte() {
            case UInt8(ascii: "\""):
                cursor += 1
                return (start..<cursor - 1, isEscaped)
            case UInt8(ascii: "\\"):
                isEscaped = true
                try escape()
            case 0..<0x20: throw JSONError(.controlCharacter, at: cursor)
            default: cursor += 1
            }
        }
    }

    private mutating func escape() throws(JSONError) {
        let start = cursor
        cursor += 1
        switch try currentByte() {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
            UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            cursor += 1
        case UInt8(ascii: "u"):
            cursor += 1
            for _ in 0..<4 {
                guard JSONKey.hexDigit(try currentByte()) != nil else {
                    throw JSONError(.invalidEscape, at: start)
                }
                cursor += 1
            }
        default: throw JSONError(.invalidEscape, at: start)
        }
    }

    mutating func numberToken() throws(JSONError) -> Range<Int> {
        let start = cursor
        if bytes[cursor] == UInt8(ascii: "-") { cursor += 1 }
        let leadingZero = cursor < bytes.count && bytes[cursor] == UInt8(ascii: "0")
        let integerDigits = skipDigits()
        guard integerDigits > 0, !leadingZero || integerDigits == 1 else {
            throw JSONError(.invalidNumber, at: start)
        }
        if cursor < bytes.count, bytes[cursor] == UInt8(ascii: ".") {
            cursor += 1
            guard skipDigits() > 0 else { throw JSONError(.invalidNumber, at: start) }
        }
        if cursor < bytes.count, bytes[cursor] | 0x20 == UInt8(ascii: "e") {
            cursor += 1
            if cursor < bytes.count,
                bytes[cursor] == UInt8(ascii: "+") || bytes[cursor] == UInt8(ascii: "-")
            {
                cursor += 1
            }
            guard skipDigits() > 0 else { throw JSONError(.invalidNumber, at: start) }
        }
        return start..<cursor
    }

    private mutating func skipDigits() -> Int {
        let start = cursor
        while cursor < bytes.count, case 48...57 = bytes[cursor] { cursor += 1 }
        return cursor - start
    }
}
