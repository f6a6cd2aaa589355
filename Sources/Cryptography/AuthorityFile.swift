internal import COpenSSL

/// A PEM file of certificates of authorities.
public enum AuthorityFile {
    /// Whether such a file can be loaded whole, by the function of libcrypto that libcurl loads `CURLOPT_CAINFO` with.
    public static func isUsable(_ path: String) -> Bool { copenssl_holds_authorities(path) == 1 }
}
