/// Why a text is not a document, and at which byte.
struct JSON5SyntaxError: Error, Sendable, Hashable {
    var offset: Int
    var message: String
    var suggestion: String?
}
