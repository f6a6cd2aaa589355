import Cryptography

enum TestKeys {
    /// As the configuration writes it.
    static func digest(of key: [UInt8]) -> String {
        Hex.encode(Digest.sha256.hash(key))
    }
}
