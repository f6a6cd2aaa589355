/// Case-insensitive texts are compared lower-cased: Unicode's mapping scalar by scalar, so that a part of a
/// text lower-cases to a part of the lower-cased text.
enum LowerCase {
    static func bytes(of text: String) -> [UInt8] {
        Array(text.lowercased().utf8)
    }

    static func hasCaseInASCIIOnly(_ bytes: Span<UInt8>) -> Bool {
        bytes.withUnsafeBufferPointer(hasCaseInASCIIOnly)
    }

    /// Texts of ASCII and of scripts without case, nearly all of them, never become a `String`.
    static func append(_ source: Span<UInt8>, to target: inout [UInt8]) {
        source.withUnsafeBufferPointer { source in
            if hasCaseInASCIIOnly(source) {
                let start = target.count
                target.append(contentsOf: source)
                var lowered = target.mutableSpan
                for index in start..<lowered.count { lowered[index] = ascii(lowered[index]) }
            } else {
                target.append(contentsOf: String(decoding: source, as: UTF8.self).lowercased().utf8)
            }
        }
    }

    static func ascii(_ byte: UInt8) -> UInt8 {
        byte &- 65 < 26 ? byte | 0x20 : byte
    }

    /// Whether all that is not ASCII lies in U+3000…U+9FFF, where Chinese and Japanese are and no letter has a
    /// case: in UTF-8 those begin with E3 to E9.
    private static func hasCaseInASCIIOnly(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var isOther = false
        for index in 0..<bytes.count {
            let byte = bytes[index]
            isOther = isOther || (byte >= 0xC0 && byte &- 0xE3 > 6)
        }
        return !isOther
    }
}
