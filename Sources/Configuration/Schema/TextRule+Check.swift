extension TextRule {
    /// The value that the text stands for. Files are not looked at here. No complaint repeats the text: what is not of
    /// the right shape may be a secret in the wrong place.
    func check(_ text: String) throws(TextComplaint) -> SettledValue {
        guard !text.isEmpty else { throw TextComplaint("is empty") }
        switch self {
        case .plain(let bytesMax): return try plain(text, bytesMax)
        case .name: return try name(text)
        case .choice(let words): return try choice(text, words)
        case .address: return .address(try ListenAddress(text))
        case .endpoint: return .text(try OriginText(text, as: .endpoint).text)
        case .collector: return .text(try OriginText(text, as: .collector).text)
        case .proxy: return .text(try OriginText(text, as: .proxy).text)
        case .origin where text == "*", .scope where text == "*": return .text(text)
        case .origin: return .text(try OriginText(text, as: .origin).origin)
        case .urlPath: return try urlPath(text)
        case .digest: return try digest(text)
        case .scope: return try name(text)
        case .keySetURL: return try keySetURL(text)
        case .certificateName: return try certificateName(text)
        case .certificateSubject:
            _ = try plain(text, 1024)
            return .text(try SubjectText.printed(text))
        case .file, .pem: return try plain(text, 4096)
        }
    }

    private func plain(_ text: String, _ bytesMax: Int) throws(TextComplaint) -> SettledValue {
        guard text.utf8.count <= bytesMax else {
            throw TextComplaint("is longer than \(bytesMax) bytes")
        }
        guard text.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else {
            throw TextComplaint("holds control characters")
        }
        return .text(text)
    }

    private func name(_ text: String) throws(TextComplaint) -> SettledValue {
        let bytes = Array(text.utf8)
        let others = Array("._-".utf8)
        let isName =
            bytes.count <= 64 && bytes[0] != UInt8(ascii: "_")
            && ASCII.isWordByte(bytes[0])
            && bytes.allSatisfy { ASCII.isWordByte($0) || others.contains($0) }
        guard isName else {
            throw TextComplaint(
                "is no id",
                "an id has up to 64 letters, digits, \".\", \"_\", \"-\" and begins with a letter or digit"
            )
        }
        return .text(text)
    }

    private func choice(_ text: String, _ words: [String]) throws(TextComplaint) -> SettledValue {
        if words.contains(text) { return .text(text) }
        let hint = Likeness.closest(to: text, among: words).map { "did you mean \"\($0)\"?" }
        let list = words.map { "\"\($0)\"" }.joined(separator: ", ")
        throw TextComplaint("is none of \(list)", hint)
    }

    /// Whoever can change the keys on their way can sign tokens, so they come encrypted or never leave this machine.
    private func keySetURL(_ text: String) throws(TextComplaint) -> SettledValue {
        let place = text.prefix { $0 != "?" }
        let origin = try OriginText(String(place), as: .keySet)
        guard origin.scheme == "https" || HostText.isLoopback(origin.host) else {
            throw TextComplaint("would fetch keys in the clear", "use https://")
        }
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") }) else {
            throw TextComplaint("holds characters that no URL may hold")
        }
        return .text(text)
    }

    /// The kind in lower case; names of hosts have no case either.
    private func certificateName(_ text: String) throws(TextComplaint) -> SettledValue {
        let kind = text.prefix { $0 != ":" }.lowercased()
        let name = text.dropFirst(kind.count + 1)
        guard ["dns", "uri", "email"].contains(kind), !name.isEmpty else {
            throw TextComplaint(
                "has no kind and name",
                "for example \"dns:portal.example\" or \"uri:spiffe://example/portal\""
            )
        }
        _ = try plain(text, 1024)
        return .text("\(kind):\(kind == "dns" ? name.lowercased() : String(name))")
    }

    private func urlPath(_ text: String) throws(TextComplaint) -> SettledValue {
        guard text.hasPrefix("/") else {
            throw TextComplaint("does not begin with \"/\"")
        }
        let isClean = text.utf8.allSatisfy { byte in
            byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "?") && byte != UInt8(ascii: "#")
        }
        guard isClean else { throw TextComplaint("is no path of a URL") }
        return .text(text)
    }

    private func digest(_ text: String) throws(TextComplaint) -> SettledValue {
        guard text.utf8.count == 64, KeyText.hex(text) != nil else {
            throw TextComplaint(
                "is not 64 hexadecimal digits",
                "make it with: printf %s \"$KEY\" | sha256sum"
            )
        }
        let digest = text.lowercased()
        guard digest != Self.digestOfNothing else {
            throw TextComplaint(
                "is the SHA-256 of an empty key",
                "set KEY before: printf %s \"$KEY\" | sha256sum"
            )
        }
        return .text(digest)
    }

    /// What `printf %s "$KEY" | sha256sum` prints where KEY is not set.
    private static let digestOfNothing =
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
}
