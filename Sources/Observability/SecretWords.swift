/// Words that say what follows is secret.
enum SecretWords {
    /// Whether a name, percent-encoded or not, holds one of them in any case: the longer ones anywhere, those that are
    /// parts of harmless words as a word of its own, between what is no letter and no digit.
    ///
    /// Told apart by their first letters, so that nothing is counted or copied.
    static func areHeld(by name: Span<UInt8>) -> Bool {
        var isWordStart = true
        var index = 0
        while index < name.count {
            let (byte, byteCount) = name.percentDecoded(at: index)
            let rest = name.extracting(index..<name.count)
            if isHeld(at: rest, byte | 0x20) || isWordStart && isPart(at: rest, byte | 0x20) {
                return true
            }
            isWordStart = !isWordByte(byte)
            index += byteCount
        }
        return false
    }

    private static func isHeld(at rest: Span<UInt8>, _ letter: UInt8) -> Bool {
        switch letter {
        case UInt8(ascii: "a"): begins(rest, "authorization") || begins(rest, "assertion")
        case UInt8(ascii: "b"): begins(rest, "bearer")
        case UInt8(ascii: "c"): begins(rest, "credential") || begins(rest, "cookie")
        case UInt8(ascii: "j"): begins(rest, "jwt")
        case UInt8(ascii: "k"): begins(rest, "key")
        case UInt8(ascii: "p"):
            begins(rest, "passw") || begins(rest, "passphrase") || begins(rest, "pwd")
        case UInt8(ascii: "s"):
            begins(rest, "secret") || begins(rest, "signature") || begins(rest, "session")
        case UInt8(ascii: "t"): begins(rest, "token")
        default: false
        }
    }

    private static func isPart(at rest: Span<UInt8>, _ letter: UInt8) -> Bool {
        switch letter {
        case UInt8(ascii: "a"): isWord(rest, "auth")
        case UInt8(ascii: "c"): isWord(rest, "code")
        case UInt8(ascii: "h"): isWord(rest, "hmac")
        case UInt8(ascii: "o"): isWord(rest, "otp")
        case UInt8(ascii: "p"): isWord(rest, "pass") || isWord(rest, "pin")
        case UInt8(ascii: "s"): isWord(rest, "sas") || isWord(rest, "sid") || isWord(rest, "sig")
        default: false
        }
    }

    private static func begins(_ rest: Span<UInt8>, _ word: StaticString) -> Bool {
        end(of: word, in: rest) != nil
    }

    private static func isWord(_ rest: Span<UInt8>, _ word: StaticString) -> Bool {
        guard let end = end(of: word, in: rest) else { return false }
        return end == rest.count || !isWordByte(rest.percentDecoded(at: end).byte)
    }

    /// Where a word ends that `rest` begins with.
    private static func end(of word: StaticString, in rest: Span<UInt8>) -> Int? {
        var end = 0
        for place in 0..<word.utf8CodeUnitCount {
            guard end < rest.count else { return nil }
            let (byte, byteCount) = rest.percentDecoded(at: end)
            guard byte | 0x20 == word.utf8Start[place] else { return nil }
            end += byteCount
        }
        return end
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        let letter = byte | 0x20
        return (0x61...0x7A).contains(letter) || (0x30...0x39).contains(byte)
    }
}
