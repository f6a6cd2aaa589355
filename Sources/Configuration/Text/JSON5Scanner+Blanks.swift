extension JSON5Scanner {
    /// White space and comments.
    mutating func skipBlanks() throws(JSON5SyntaxError) {
        while let byte = peek {
            switch byte {
            case 0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x20: offset += 1
            case UInt8(ascii: "/"): try skipComment()
            default: return
            }
        }
    }

    /// What stands at the offset, for a message: one printable character or a name for it.
    func describeNext() -> String {
        guard offset < bytes.count else { return "the end of the text" }
        let rest = bytes[offset..<min(offset + 4, bytes.count)]
        guard let scalar = String(decoding: rest, as: UTF8.self).unicodeScalars.first else {
            return "the end of the text"
        }
        return Excerpt.quoted(String(scalar))
    }

    private mutating func skipComment() throws(JSON5SyntaxError) {
        switch offset + 1 < bytes.count ? bytes[offset + 1] : nil {
        case UInt8(ascii: "/"): skipLine()
        case UInt8(ascii: "*"): try skipBlock()
        default: throw failure("\"/\" begins no comment here", "comments are // … and /* … */")
        }
    }

    private mutating func skipLine() {
        while let byte = peek, byte != 0x0A, byte != 0x0D { offset += 1 }
    }

    private mutating func skipBlock() throws(JSON5SyntaxError) {
        let start = offset
        offset += 2
        while offset + 1 < bytes.count {
            if bytes[offset] == UInt8(ascii: "*"), bytes[offset + 1] == UInt8(ascii: "/") {
                return offset += 2
            }
            offset += 1
        }
        throw failure("this comment has no end", "close it with */", at: start)
    }
}
