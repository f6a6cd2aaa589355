/// Request targets for logs: what a client put into the query although it belongs into a field is not shown.
public enum TargetRedaction {
    /// What stands in place of a value.
    public static let mark = "[redacted]"
    /// A parameter is secret when its decoded name holds one of these, in any case.
    public static let secretWords = [
        "key", "token", "secret", "password", "passwd", "authorization", "credential", "signature",
    ]
    private static let secretBytes = secretWords.map { Array($0.utf8) }

    /// `target` with the value of each secret parameter replaced; everything else byte by byte as it was.
    /// Linear in the target's length; without a secret nothing is allocated unless a name is encoded.
    public static func redacted(_ target: String) -> String {
        var target = target
        return target.withUTF8 { bytes in redacted(bytes) } ?? target
    }

    /// `nil` where there is nothing to hide.
    private static func redacted(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
        guard let question = bytes.firstIndex(of: UInt8(ascii: "?")) else { return nil }
        var result: [UInt8] = []
        var shownEnd = 0
        var start = question + 1
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "&")) ?? bytes.count
            if let equals = bytes[start..<end].firstIndex(of: UInt8(ascii: "=")),
                isSecret(bytes[start..<equals])
            {
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

    private static func isSecret(_ name: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        guard name.contains(UInt8(ascii: "%")) else { return holdsSecretWord(name) }
        return holdsSecretWord(percentDecoded(name)[...])
    }

    private static func holdsSecretWord(_ name: some RandomAccessCollection<UInt8>) -> Bool {
        secretBytes.contains { word in
            guard name.count >= word.count else { return false }
            return name.indices.dropLast(word.count - 1).contains { start in
                zip(name[start...], word).allSatisfy { $0 | 0x20 == $1 }
            }
        }
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
