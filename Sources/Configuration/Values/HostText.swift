/// The host part of addresses and URLs.
enum HostText {
    static func isIPv4(_ text: some StringProtocol) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { part in
                part.utf8.count <= 3 && part.utf8.allSatisfy(ASCII.isDigit) && UInt8(part) != nil
                    && (part.count == 1 || part.first != "0")
            }
    }

    /// RFC 4291 §2.2, without a zone.
    static func isIPv6(_ text: String) -> Bool {
        guard let gap = text.firstRange(of: "::") else { return groups(text) == 8 }
        let head = text[..<gap.lowerBound]
        let tail = text[gap.upperBound...]
        guard let before = head.isEmpty ? 0 : groups(head, allowsIPv4: false),
            let after = tail.isEmpty ? 0 : groups(tail)
        else { return false }
        return before + after <= 7
    }

    /// RFC 1123 §2.1: letters, digits and hyphens between dots.
    static func isName(_ text: some StringProtocol) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        return text.utf8.count <= 253
            && labels.allSatisfy { label in
                (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                    && label.utf8.allSatisfy { isNameByte($0) }
            }
    }

    static func isLoopback(_ host: String) -> Bool {
        host == "::1" || host.lowercased() == "localhost" || isIPv4(host) && host.hasPrefix("127.")
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        ASCII.isLetter(byte) || ASCII.isDigit(byte) || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: "_")
    }

    /// How many 16-bit groups the text stands for; `nil` where it is none.
    private static func groups(_ text: some StringProtocol, allowsIPv4: Bool = true) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        var count = 0
        for (index, part) in parts.enumerated() {
            if allowsIPv4, index == parts.count - 1, isIPv4(part) {
                count += 2
            } else if isGroup(part) {
                count += 1
            } else {
                return nil
            }
        }
        return count
    }

    private static func isGroup(_ part: some StringProtocol) -> Bool {
        (1...4).contains(part.utf8.count) && part.utf8.allSatisfy { ASCII.hexValue($0) != nil }
    }
}
