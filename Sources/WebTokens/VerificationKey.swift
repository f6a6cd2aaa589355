internal import Cryptography
internal import JSONText

/// One usable key of a set: what its numbers are decides the algorithm, never a token.
struct VerificationKey: Sendable {
    let id: String?
    let algorithm: SignatureAlgorithm
    let key: PublicKey

    /// Ends the sentence "keys[0] …". Holds no part of the key.
    struct Failure: Error {
        var message: String
    }

    init(_ member: JSONValue) throws(Failure) {
        guard let object = StrictObject(member) else {
            throw Failure(message: "is no object with unique members")
        }
        guard !object.isOdd("kid"), !object.isOdd("use"), !object.isOdd("alg") else {
            throw Failure(message: "has a kid, use or alg that is no text")
        }
        try Self.checkUse(object)
        (algorithm, key) = try Self.read(object)
        id = object.text("kid")
        if let name = object.text("alg"), SignatureAlgorithm(name: name) != algorithm {
            throw Failure(message: "is for another algorithm (alg) than its numbers can serve here")
        }
    }

    /// RFC 7517 §4.2, §4.3.
    private static func checkUse(_ object: StrictObject) throws(Failure) {
        if let use = object.text("use"), use != "sig" {
            throw Failure(message: "is not for signatures (use)")
        }
        if let operations = object["key_ops"],
            operations.arrayValue?.contains(.string("verify")) != true
        {
            throw Failure(message: "is not for checking signatures (key_ops)")
        }
        if object["d"] != nil {
            throw Failure(message: "is a private key, which a checker must not hold (d)")
        }
    }

    private static func read(
        _ object: StrictObject
    ) throws(Failure) -> (SignatureAlgorithm, PublicKey) {
        switch (object.text("kty"), object.text("crv")) {
        case ("RSA", _):
            // RFC 7518 §6.3.1
            guard let n = bytes("n", of: object), let e = bytes("e", of: object),
                let key = PublicKey(rsaModulus: n, exponent: e)
            else { throw Failure(message: "is no RSA key of 2048 to 8192 bits") }
            return (.rs256, key)
        case ("EC", "P-256"):
            // RFC 7518 §6.2.1
            guard let x = bytes("x", of: object), let y = bytes("y", of: object),
                let key = PublicKey(p256X: x, y: y)
            else { throw Failure(message: "is no point of P-256") }
            return (.es256, key)
        case ("OKP", "Ed25519"):
            // RFC 8037 §2
            guard let x = bytes("x", of: object), let key = PublicKey(ed25519: x) else {
                throw Failure(message: "is no Ed25519 key")
            }
            return (.edDSA, key)
        case ("oct", _): throw Failure(message: "is a shared secret (kty oct), never used here")
        default: throw Failure(message: "is of no kind used here: RSA, EC P-256, OKP Ed25519")
        }
    }

    private static func bytes(_ name: String, of object: StrictObject) -> [UInt8]? {
        object.text(name).flatMap { Base64.url.decode($0) }
    }
}
