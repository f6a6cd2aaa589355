/// A piece of the operator's text as it may stand in a message: bounded, quoted, without controls.
enum Excerpt {
    static let scalarsMax = 60

    /// Texts up to this many scalars stand in a message about a value that is a word or a number: a longer one
    /// is in the wrong place, and may be a secret.
    static let wordScalarsMax = 24

    static func quotedWord(_ text: String) -> String {
        let count = text.unicodeScalars.count
        return count <= wordScalarsMax ? quoted(text) : "a text of \(count) characters"
    }

    static func quoted(_ text: String) -> String {
        var excerpt = "\""
        for scalar in text.unicodeScalars.prefix(scalarsMax) {
            excerpt += piece(of: scalar)
        }
        return excerpt + (text.unicodeScalars.count > scalarsMax ? "…\"" : "\"")
    }

    private static func piece(of scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\"", "\\": "\\\(scalar)"
        case _ where isHidden(scalar): "\\u{\(String(scalar.value, radix: 16))}"
        default: String(scalar)
        }
    }

    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: true
        default: false
        }
    }
}
