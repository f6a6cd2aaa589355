import Glibc

/// An authority and certificates it signed, as PEM files in a folder that goes away at the end.
final class TestCertificates {
    private let folder: String
    private var names: [String] = []

    struct Failure: Error {
        var step: String
    }

    init() throws {
        var template = Array("/tmp/http-serving-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failure(step: "mkdtemp") }
        folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        try make("authority", signedBy: [])
    }

    deinit {
        for name in names {
            _ = unlink(certificate(name))
            _ = unlink(key(name))
        }
        _ = rmdir(folder)
    }

    func certificate(_ name: String) -> String { "\(folder)/\(name).pem" }
    func key(_ name: String) -> String { "\(folder)/\(name).key" }

    /// A certificate `CN=name` of the authority.
    func make(_ name: String) throws {
        try make(name, signedBy: ["-CA", certificate("authority"), "-CAkey", key("authority")])
    }

    private func make(_ name: String, signedBy authority: [String]) throws {
        names.append(name)
        try run(
            ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
                + ["-keyout", key(name), "-out", certificate(name), "-days", "2"]
                + ["-subj", "/O=Example/CN=\(name)"] + authority
        )
    }

    private func run(_ arguments: [String]) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        var words: [UnsafeMutablePointer<CChar>?] = (["openssl"] + arguments).map { strdup($0) }
        defer { words.forEach { free($0) } }
        words.append(nil)
        var process = pid_t()
        guard posix_spawnp(&process, "openssl", &actions, nil, words, environ) == 0 else {
            throw Failure(step: "openssl could not be started")
        }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        guard status == 0 else {
            throw Failure(step: "openssl \(arguments.joined(separator: " "))")
        }
    }
}
