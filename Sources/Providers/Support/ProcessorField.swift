/// A field that names a processor, as GMI and Aries fill it.
enum ProcessorField {
    /// Their bare `x86` is the 32-bit one; elsewhere it means PCs at large.
    static func word(_ text: String?) -> String? {
        guard let text, text.utf8.count == 3 else { return text }
        return text.lowercased() == "x86" ? "i386" : text
    }
}
