/// The parameters of a request target, decoded: `+` and `%20` are blanks, `%XX` are bytes of UTF-8.
struct QueryString {
    private(set) var pairs: [(name: String, value: String)] = []
    /// What could not be decoded, as it came: the names and, behind the first `=`, the values.
    private(set) var malformed: [(name: String, value: String?)] = []

    /// Whether there are more than `parametersMax`; what comes after those is not read.
    private(set) var isTooLong = false

    /// Parameters of one request.
    static let parametersMax = 256

    init(_ text: String) {
        self.init(text[...])
    }

    init(_ text: Substring) {
        let bytes = text.utf8.span
        pairs.reserveCapacity(8)
        var start = 0
        var count = 0
        while start < bytes.count {
            var (nameEnd, end) = (Int?.none, start)
            while end < bytes.count, bytes[end] != UInt8(ascii: "&") {
                if nameEnd == nil, bytes[end] == UInt8(ascii: "=") { nameEnd = end }
                end += 1
            }
            if end > start {
                count += 1
                guard count <= Self.parametersMax else { break }
                add(bytes.extracting(start..<end), nameByteCount: (nameEnd ?? end) - start)
            }
            start = end + 1
        }
        isTooLong = count > Self.parametersMax
    }

    private mutating func add(_ part: Span<UInt8>, nameByteCount: Int) {
        let name = Self.decode(part.extracting(first: nameByteCount))
        let valueStart = min(nameByteCount + 1, part.count)
        if let name, let value = Self.decode(part.extracting(valueStart..<part.count)) {
            pairs.append((name, value))
        } else {
            let text = String(decoding: part.indices.map { part[$0] }, as: UTF8.self)
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            malformed.append((String(parts[0]), parts.count > 1 ? String(parts[1]) : nil))
        }
    }

    static func decode(_ text: some StringProtocol) -> String? { decode(String(text).utf8.span) }

    /// `nil` for a broken escape or bytes that are not UTF-8.
    private static func decode(_ text: Span<UInt8>) -> String? {
        var isPlain = true
        for index in text.indices {
            isPlain =
                isPlain && text[index] != UInt8(ascii: "%") && text[index] != UInt8(ascii: "+")
        }
        guard isPlain else {
            return unescaped(text).flatMap { String(validating: $0, as: UTF8.self) }
        }
        guard let valid = try? UTF8Span(validating: text) else { return nil }
        return String(copying: valid)
    }

    private static func unescaped(_ text: Span<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var index = 0
        while index < text.count {
            switch text[index] {
            case UInt8(ascii: "+"): bytes.append(0x20)
            case UInt8(ascii: "%"):
                guard index + 2 < text.count, let high = digit(text[index + 1]),
                    let low = digit(text[index + 2])
                else { return nil }
                bytes.append(high << 4 | low)
                index += 2
            default: bytes.append(text[index])
            }
            index += 1
        }
        return bytes
    }

    /// Percent-encodes everything but unreserved characters (RFC 3986 §2.3).
    static func encode(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".unicodeScalars)
        var result = String.UnicodeScalarView()
        for byte in text.utf8 {
            let scalar = Unicode.Scalar(byte)
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "-", ".", "_", "~": result.append(scalar)
            default:
                result.append(contentsOf: ["%", digits[Int(byte >> 4)], digits[Int(byte & 15)]])
            }
        }
        return String(result)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        Character(Unicode.Scalar(byte)).hexDigitValue.map { UInt8($0) }
    }
}
