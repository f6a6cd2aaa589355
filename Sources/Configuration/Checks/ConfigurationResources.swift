/// What a configuration may refer to outside itself: environment variables and files.
struct ConfigurationResources: Sendable {
    /// Upper bound on bytes of a secret's file.
    static let secretBytesMax = 64 << 10

    var environment: ConfigurationLoader.Environment
    var readFile: ConfigurationLoader.ReadFile
    var keySetComplaint: ConfigurationLoader.KeySetComplaint
    /// Where relative paths begin: the configuration file's own folder, empty or ending in a slash.
    var folder: String

    func resolved(_ path: String) -> String {
        path.hasPrefix("/") ? path : folder + path
    }

    /// A secret's file, without the line end that editors leave.
    func secret(in path: String) throws(TextComplaint) -> String {
        let bytes = try contents(of: path)
        guard bytes.count <= Self.secretBytesMax else {
            throw TextComplaint("the file is larger than 64 KiB")
        }
        guard var text = String(validating: bytes, as: UTF8.self) else {
            throw TextComplaint("the file is not UTF-8")
        }
        if text.hasSuffix("\r\n") || text.hasSuffix("\n") { text.removeLast() }
        return text
    }

    func checkPEM(_ path: String, _ kind: TextRule.PEMKind) throws(TextComplaint) {
        let text = String(decoding: try contents(of: path), as: UTF8.self)
        guard text.contains("-----BEGIN "), text.contains("\(kind.rawValue)-----") else {
            throw TextComplaint(
                "\(shown(path)) holds no PEM block \(kind.rawValue)"
            )
        }
    }

    /// A file of public keys; what is in it others know.
    func checkKeySet(_ path: String) throws(TextComplaint) {
        guard let complaint = keySetComplaint(try contents(of: path)) else { return }
        throw TextComplaint("\(shown(path)) \(complaint)")
    }

    /// A resolved path as it may stand in a message: only where the text that it comes of plainly is one, by how it begins
    /// or by an extension. A bare word may be a secret, put where its file belongs.
    func shown(_ path: String) -> String {
        let isBelow = !folder.isEmpty && path.hasPrefix(folder)
        let written = isBelow ? path.dropFirst(folder.count) : path[...]
        let isPlain = ["/", "./", "../"].contains { written.hasPrefix($0) }
        if isPlain || Self.hasExtension(written) { return "the file \(Excerpt.quoted(path))" }
        return folder.isEmpty ? "this file" : "this file below \(Excerpt.quoted(folder))"
    }

    /// `.pem`, `.json`: two to five small letters at the end.
    private static func hasExtension(_ path: Substring) -> Bool {
        let parts = path.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count > 1, let last = parts.last else { return false }
        return (2...5).contains(last.utf8.count)
            && last.utf8.allSatisfy { (0x61...0x7A).contains($0) }
    }

    private func contents(of path: String) throws(TextComplaint) -> [UInt8] {
        do {
            return try readFile(path)
        } catch {
            throw TextComplaint("\(shown(path)) \(error.message)")
        }
    }
}
