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
                "the file \(Excerpt.quoted(path)) holds no PEM block \(kind.rawValue)"
            )
        }
    }

    /// A file of public keys; what is in it others know.
    func checkKeySet(_ path: String) throws(TextComplaint) {
        guard let complaint = keySetComplaint(try contents(of: path)) else { return }
        throw TextComplaint("the file \(Excerpt.quoted(path)) \(complaint)")
    }

    private func contents(of path: String) throws(TextComplaint) -> [UInt8] {
        do {
            return try readFile(path)
        } catch {
            throw TextComplaint("the file \(Excerpt.quoted(path)) \(error.message)")
        }
    }
}
