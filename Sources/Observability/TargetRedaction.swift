/// Request targets for logs: what a client put into the query although it belongs into a field is not shown.
public enum TargetRedaction {
    /// What stands in place of a value.
    public static let mark = "[redacted]"
    /// A parameter is secret when its decoded name holds one of these anywhere, in any case.
    public static let secretWords = [
        "key", "token", "secret", "passw", "passphrase", "pwd", "authorization", "credential",
        "signature", "session", "bearer", "jwt", "cookie", "assertion",
    ]
    /// Or one of these as a word of its own, between what is no letter and no digit: parts of harmless words, too.
    public static let secretParts = [
        "auth", "code", "hmac", "otp", "pass", "pin", "sas", "sid", "sig",
    ]

    /// `target` with the value of each secret parameter replaced; everything else byte by byte as it was.
    /// Linear in the target's length; without a secret nothing is allocated unless a name is encoded.
    public static func redacted(_ target: String) -> String {
        redacted(target.utf8.span) ?? target
    }

    /// The same of bytes; `nil` where there is nothing to hide.
    public static func redacted(_ target: Span<UInt8>) -> String? {
        target.withUnsafeBufferPointer { redacted($0) }
    }

    /// Whether a target may stand in a log line byte by byte: nothing in it must be hidden, escaped or cut.
    public static func isPlain(_ target: Span<UInt8>) -> Bool {
        target.count <= LogLine.textBytesMax && target.isPlainText && redacted(target) == nil
    }

    private static func redacted(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
        guard let question = bytes.firstIndex(of: UInt8(ascii: "?")) else { return nil }
        var result: [UInt8] = []
        var shownEnd = 0
        var start = question + 1
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "&")) ?? bytes.count
            if let equals = secretEnd(bytes[start..<end]) {
                result.append(contentsOf: bytes[shownEnd...equals])
                result.append(contentsOf: mark.utf8)
                shownEnd = end
            }
            start = end + 1
        }
        guard shownEnd > 0 else { return nil }
        result.append(contentsOf: bytes[shownEnd...])
        return String(decoding: result, as: UTF8.self)
    }

    /// Whether the value of a parameter of that name, decoded, is not to be shown.
    public static func hides(_ name: String) -> Bool {
        var name = name
        return name.withUTF8 { holdsSecretWord($0) }
    }

    /// Where the name of a secret ends. Some clients write a semicolon between parameters; to others it is part of a
    /// value, so the secret behind one goes on to the end.
    private static func secretEnd(_ part: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
        var rest = part
        while !rest.isEmpty {
            let end = rest.firstIndex(of: UInt8(ascii: ";")) ?? rest.endIndex
            let pair = rest[..<end]
            if let equals = pair.firstIndex(of: UInt8(ascii: "=")), isSecret(pair[..<equals]) {
                return equals
            }
            rest = rest[end...].dropFirst()
        }
        return nil
    }

    private static func isSecret(_ name: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        guard name.contains(UInt8(ascii: "%")) else {
            return holdsSecretWord(UnsafeBufferPointer(rebasing: name))
        }
        return percentDecoded(name).withUnsafeBufferPointer { holdsSecretWord($0) }
    }

    /// Every name of every logged target comes through here, so the words are told apart by their first
    /// letters and nothing is counted or copied.
    private static func holdsSecretWord(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
        for start in name.indices {
            let isFound =
                switch name[start] | 0x20 {
                case UInt8(ascii: "a"):
                    holds(name, start, "authorization") || holds(name, start, "assertion")
                        || isPart(name, start, "auth")
                case UInt8(ascii: "b"): holds(name, start, "bearer")
                case UInt8(ascii: "c"):
                    holds(name, start, "credential") || holds(name, start, "cookie")
                        || isPart(name, start, "code")
                case UInt8(ascii: "h"): isPart(name, start, "hmac")
                case UInt8(ascii: "j"): holds(name, start, "jwt")
                case UInt8(ascii: "k"): holds(name, start, "key")
                case UInt8(ascii: "o"): isPart(name, start, "otp")
                case UInt8(ascii: "p"):
                    holds(name, start, "passw") || holds(name, start, "passphrase")
                        || holds(name, start, "pwd") || isPart(name, start, "pass")
                        || isPart(name, start, "pin")
                case UInt8(ascii: "s"):
                    holds(name, start, "secret") || holds(name, start, "signature")
                        || holds(name, start, "session") || isPart(name, start, "sig")
                        || isPart(name, start, "sid") || isPart(name, start, "sas")
                case UInt8(ascii: "t"): holds(name, start, "token")
                default: false
                }
            if isFound { return true }
        }
        return false
    }

    private static func isPart(
        _ name: UnsafeBufferPointer<UInt8>,
        _ start: Int,
        _ word: StaticString
    ) -> Bool {
        guard holds(name, start, word), start == 0 || !isWordByte(name[start - 1]) else {
            return false
        }
        let end = start + word.utf8CodeUnitCount
        return end == name.count || !isWordByte(name[end])
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        let letter = byte | 0x20
        return (0x61...0x7A).contains(letter) || (0x30...0x39).contains(byte)
    }

    private static func holds(
        _ name: UnsafeBufferPointer<UInt8>,
        _ start: Int,
        _ word: StaticString
    ) -> Bool {
        guard name.count - start >= word.utf8CodeUnitCount else { return false }
        for index in 0..<word.utf8CodeUnitCount
        where name[start + index] | 0x20 != word.utf8Start[index] {
            return false
        }
        return true
    }

    /// A percent sign that two digits do not follow stands for itself.
    private static func percentDecoded(_ name: Slice<UnsafeBufferPointer<UInt8>>) -> [UInt8] {
        var decoded: [UInt8] = []
        var rest = name
        while let byte = rest.popFirst() {
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            if byte == UInt8(ascii: "%"), digits.utf8.count == 2,
                let value = UInt8(digits, radix: 16)
            {
                decoded.append(value)
                rest = rest.dropFirst(2)
            } else {
                decoded.append(byte)
            }
        }
        return decoded
    }
}
