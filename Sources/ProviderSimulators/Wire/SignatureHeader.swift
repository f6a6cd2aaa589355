import Cryptography
import HTTPWire

/// An `Authorization` field of the form `SCHEME Name=value, Name=value`.
struct SignatureHeader: Sendable {
    var scheme: String
    private var values: [String: String] = [:]

    /// `nil` unless every part is a pair and no name repeats.
    init?(_ text: String) {
        let halves = text.split(separator: " ", maxSplits: 1)
        guard halves.count == 2 else { return nil }
        scheme = String(halves[0])
        for part in halves[1].split(separator: ",") {
            let pair = part.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, values[String(pair[0])] == nil else { return nil }
            values[String(pair[0])] = String(pair[1])
        }
    }

    subscript(_ name: String) -> String? { values[name] }

    /// The signed names as they are written; `nil` without any.
    var signedNames: [String]? {
        values["SignedHeaders"].map { $0.split(separator: ";").map(String.init) }
    }
}

extension HTTPRequest {
    /// The canonical block of signed fields, each line ended; `nil` when a signed field is missing.
    func canonicalFields(_ names: [String], lowerCasedValues: Bool) -> String? {
        var block = ""
        for name in names {
            guard let value = fields.combinedValue(of: name) else { return nil }
            let trimmed = value.trimmedBlanks
            block += "\(name):\(lowerCasedValues ? trimmed.lowercased() : trimmed)\n"
        }
        return block
    }

    /// Hex SHA-256 of the content, or of the literal that stands for content left unsigned.
    func payloadHash(unsignedMarker field: String) -> String {
        let marker = "UNSIGNED-PAYLOAD"
        let isUnsigned = fields.value(of: field) == marker
        return Hex.encode(Digest.sha256.hash(isUnsigned ? Array(marker.utf8) : body))
    }
}

extension String {
    var trimmedBlanks: String {
        let isBlank = { (character: Character) in character == " " || character == "\t" }
        let head = drop(while: isBlank)
        guard let last = head.lastIndex(where: { !isBlank($0) }) else { return "" }
        return String(head[...last])
    }
}

/// Compares secrets and signatures without telling how much of them was right.
func isSameSecret(_ left: String, _ right: String) -> Bool {
    isEqualInConstantTime(Array(left.utf8), Array(right.utf8))
}
