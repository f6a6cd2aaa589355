/// Byte classes that the scanners and rules share.
enum ASCII {
    static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    static func isLetter(_ byte: UInt8) -> Bool {
        let folded = byte | 0x20
        return folded >= UInt8(ascii: "a") && folded <= UInt8(ascii: "z")
    }

    static func isWordByte(_ byte: UInt8) -> Bool {
        isLetter(byte) || isDigit(byte) || byte == UInt8(ascii: "_")
    }

    static func hexValue(_ byte: UInt8) -> UInt8? {
        let folded = byte | 0x20
        if isDigit(byte) { return byte - 0x30 }
        guard folded >= UInt8(ascii: "a"), folded <= UInt8(ascii: "f") else { return nil }
        return folded - UInt8(ascii: "a") + 10
    }
}
