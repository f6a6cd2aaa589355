internal import JSONText

/// The public keys of an issuer (RFC 7517 §5). Keys that cannot check our signatures are left out, each with the reason.
public struct KeySet: Sendable {
    let keys: [VerificationKey]
    /// One line for each key that was left out.
    public let remarks: [String]

    /// Upper bound on bytes of a key set.
    public static let byteCountMax = 256 << 10
    /// Upper bound on keys; those beyond it are left out.
    public static let keyCountMax = 64

    /// Why a text is no key set, in words for an operator.
    public struct Failure: Error, Sendable, Hashable {
        public var message: String
    }

    /// Errors: the text is no key set, is too large, or has no key that can be used.
    public init(_ bytes: [UInt8]) throws(Failure) {
        guard bytes.count <= Self.byteCountMax else {
            throw Failure(message: "is larger than \(Self.byteCountMax >> 10) KiB")
        }
        guard let document = StrictObject(bytes, byteCountMax: Self.byteCountMax),
            let members = document["keys"]?.arrayValue
        else { throw Failure(message: "is no JSON Web Key Set: { \"keys\": [ … ] }") }
        var (keys, remarks): ([VerificationKey], [String]) = ([], [])
        for (index, member) in members.prefix(Self.keyCountMax).enumerated() {
            do throws(VerificationKey.Failure) {
                keys.append(try VerificationKey(member))
            } catch {
                remarks.append("keys[\(index)] \(error.message)")
            }
        }
        if members.count > Self.keyCountMax {
            remarks.append("only the first \(Self.keyCountMax) keys are used")
        }
        guard !keys.isEmpty else {
            let reasons = remarks.isEmpty ? "" : ": \(remarks.joined(separator: "; "))"
            throw Failure(message: "holds no usable key\(reasons)")
        }
        (self.keys, self.remarks) = (keys, remarks)
    }

    /// Keys that one token is held against at most: those of the name it bears, of which there is one unless the issuer
    /// made a mistake, and those of its kind where it bears none.
    private static let (namesakesMax, unnamedTriesMax) = (2, 8)

    /// Whether one of these keys made the token's signature.
    ///
    /// A token that names a key is held against that key alone; one that names none, which is allowed (RFC 7515
    /// §4.1.4), against each that is good for its algorithm. Errors: `unknownKey`, `signature`.
    public func verify(_ token: WebToken) throws(TokenFailure) {
        let fitting = keys.filter { key in
            guard key.algorithm == token.algorithm else { return false }
            guard let wanted = token.keyID else { return true }
            return key.id.map { SameBytes.areSame($0, wanted) } ?? false
        }
        guard !fitting.isEmpty else { throw .unknownKey }
        let countMax = token.keyID == nil ? Self.unnamedTriesMax : Self.namesakesMax
        guard fitting.prefix(countMax).contains(where: { token.isSigned(with: $0.key) }) else {
            throw .signature
        }
    }
}
