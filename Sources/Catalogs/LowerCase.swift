/// Case-insensitive texts are compared lower-cased: Unicode's mapping scalar by scalar, so that a part of a
/// text lower-cases to a part of the lower-cased text.
enum LowerCase {
    static func bytes(of text: String) -> [UInt8] {
        Array(text.lowercased().utf8)
    }

    /// ASCII texts, nearly all of them, never become a `String`.
    static func append(_ source: Span<UInt8>, to target: inout [UInt8]) {
        source.withUnsafeBufferPointer { source in
            if isASCII(source) {
                target.append(contentsOf: source.lazy.map(ascii))
            } else {
                target.append(contentsOf: String(decoding: source, as: UTF8.self).lowercased().utf8)
            }
        }
    }

    static func ascii(_ byte: UInt8) -> UInt8 {
        byte &- 65 < 26 ? byte | 0x20 : byte
    }

    private static func isASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var all: UInt8 = 0
        for index in 0..<bytes.count { all |= bytes[index] }
        return all < 0x80
    }
}
