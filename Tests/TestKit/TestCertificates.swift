internal import Glibc

/// An authority and certificates it signed, as PEM files in a folder that goes away at the end.
public final class TestCertificates: Sendable {
    private let folder = TemporaryFolder()

    public struct Failure: Error {
        public var step: String
    }

    public init() throws {
        try make("authority", signedBy: [])
    }

    public func certificate(_ name: String) -> String { "\(folder.path)/\(name).pem" }
    public func key(_ name: String) -> String { "\(folder.path)/\(name).key" }

    private func request(_ name: String) -> String { "\(folder.path)/\(name).csr" }

    /// A certificate `CN=name` of the authority, for `address` where that is given.
    public func make(_ name: String, for address: String) throws {
        try make(name, "IP:\(address)")
    }

    /// A certificate `CN=name` of the authority, with alternative names as openssl writes them.
    public func make(_ name: String, _ alternativeNames: String? = nil) throws {
        let names = alternativeNames.map { ["-addext", "subjectAltName=\($0)"] } ?? []
        let authority = ["-CA", certificate("authority"), "-CAkey", key("authority")]
        try make(name, signedBy: authority + names)
    }

    /// One that ended a day ago.
    public func makeExpired(_ name: String, for address: String) throws {
        try run(
            ["req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
                + ["-keyout", key(name), "-out", request(name), "-subj", "/O=Example/CN=\(name)"]
                + ["-addext", "subjectAltName=IP:\(address)"]
        )
        try run(
            ["x509", "-req", "-in", request(name), "-out", certificate(name), "-days", "-1"]
                + ["-CA", certificate("authority"), "-CAkey", key("authority")]
                + ["-CAcreateserial", "-copy_extensions", "copyall"]
        )
    }

    /// One that ends in so many days.
    public func make(_ name: String, days: Int) throws {
        let authority = ["-CA", certificate("authority"), "-CAkey", key("authority")]
        try make(name, signedBy: authority, days: days)
    }

    private func make(_ name: String, signedBy authority: [String], days: Int = 30) throws {
        try run(
            ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
                + ["-keyout", key(name), "-out", certificate(name), "-days", "\(days)"]
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
