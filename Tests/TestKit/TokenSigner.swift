import COpenSSL
import Cryptography

/// The other side of JSON Web Tokens: a private key of its own that signs whatever it is given, also nonsense.
public final class TokenSigner: @unchecked Sendable {
    // Invariant: made in `init` and only read afterwards.
    private let key: OpaquePointer
    private let kind: Kind

    public enum Kind: String, Sendable, CaseIterable {
        case rsa = "RS256"
        case p256 = "ES256"
        case ed25519 = "EdDSA"
    }

    struct Failure: Error {
        var step: String
    }

    public init(_ kind: Kind) throws {
        self.kind = kind
        let context =
            switch kind {
            case .rsa: EVP_PKEY_CTX_new_id(EVP_PKEY_RSA, nil)
            case .p256: EVP_PKEY_CTX_new_id(EVP_PKEY_EC, nil)
            case .ed25519: EVP_PKEY_CTX_new_id(EVP_PKEY_ED25519, nil)
            }
        defer { EVP_PKEY_CTX_free(context) }
        EVP_PKEY_keygen_init(context)
        if kind == .rsa { EVP_PKEY_CTX_set_rsa_keygen_bits(context, 2_048) }
        if kind == .p256 { EVP_PKEY_CTX_set_ec_paramgen_curve_nid(context, NID_X9_62_prime256v1) }
        var made: OpaquePointer?
        guard EVP_PKEY_keygen(context, &made) == 1, let made else { throw Failure(step: "keygen") }
        key = made
    }

    deinit { EVP_PKEY_free(key) }

    // MARK: Tokens

    /// A token that expires in an hour, with `claims` (JSON members) beside `exp`.
    public func token(
        _ claims: String,
        keyID: String? = "one",
        now: Int64,
        lasts seconds: Int64 = 3_600
    ) throws -> String {
        try compact(
            header: """
                {"alg":"\(kind.rawValue)"\(keyID.map { ",\"kid\":\"\($0)\"" } ?? "")}
                """,
            payload: "{\"exp\":\(now + seconds),\(claims)}"
        )
    }

    /// Both texts as they are, signed.
    public func compact(header: String, payload: String) throws -> String {
        let input = [header, payload].map { Base64.url.encode(Array($0.utf8)) }
            .joined(separator: ".")
        return "\(input).\(Base64.url.encode(try sign(Array(input.utf8))))"
    }

    public func sign(_ message: [UInt8]) throws -> [UInt8] {
        let context = EVP_MD_CTX_new()
        defer { EVP_MD_CTX_free(context) }
        let digest = kind == .ed25519 ? nil : EVP_sha256()
        var signature = [UInt8](repeating: 0, count: 1_024)
        var count = signature.count
        guard EVP_DigestSignInit(context, nil, digest, nil, key) == 1,
            EVP_DigestSign(context, &signature, &count, message, message.count) == 1
        else { throw Failure(step: "sign") }
        signature.removeSubrange(count...)
        return kind == .p256 ? try sideBySide(signature) : signature
    }

    /// `r` and `s` of a DER signature, 32 bytes each.
    private func sideBySide(_ der: [UInt8]) throws -> [UInt8] {
        try der.withUnsafeBufferPointer { buffer in
            var start = buffer.baseAddress
            guard let numbers = d2i_ECDSA_SIG(nil, &start, der.count) else {
                throw Failure(step: "DER")
            }
            defer { ECDSA_SIG_free(numbers) }
            var bytes = [UInt8](repeating: 0, count: 64)
            bytes.withUnsafeMutableBufferPointer { bytes in
                BN_bn2binpad(ECDSA_SIG_get0_r(numbers), bytes.baseAddress, 32)
                BN_bn2binpad(ECDSA_SIG_get0_s(numbers), bytes.baseAddress.map { $0 + 32 }, 32)
            }
            return bytes
        }
    }

    // MARK: Keys

    /// The public half as a JSON Web Key; `extra` are more JSON members, each with a comma behind it.
    public func publicKey(id: String? = "one", extra: String = "") -> String {
        let id = id.map { "\"kid\":\"\($0)\"," } ?? ""
        return "{\(id)\(extra)\(numbers)}"
    }

    public func keySet(id: String? = "one") -> String { "{\"keys\":[\(publicKey(id: id))]}" }

    private var numbers: String {
        switch kind {
        case .rsa:
            return "\"kty\":\"RSA\",\"n\":\"\(number("n"))\",\"e\":\"\(number("e"))\""
        case .p256:
            return
                "\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"\(number("qx"))\",\"y\":\"\(number("qy"))\""
        case .ed25519:
            var bytes = [UInt8](repeating: 0, count: 32)
            var count = 32
            EVP_PKEY_get_raw_public_key(key, &bytes, &count)
            return "\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"\(Base64.url.encode(bytes))\""
        }
    }

    private func number(_ name: String) -> String {
        var value: OpaquePointer?
        EVP_PKEY_get_bn_param(key, name, &value)
        defer { BN_free(value) }
        // Coordinates have their full width, RSA's numbers none to spare.
        let count = name.hasPrefix("q") ? 32 : (BN_num_bits(value) + 7) / 8
        var bytes = [UInt8](repeating: 0, count: Int(count))
        BN_bn2binpad(value, &bytes, count)
        return Base64.url.encode(bytes)
    }
}
