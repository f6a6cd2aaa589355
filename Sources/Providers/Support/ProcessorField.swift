/// A field that names a processor, as GMI and Aries fill it.
enum ProcessorField {
    /// Their bare `x86` is the 32-bit one; elsewhere it means PCs at large.
    static func word(_ text: String?) -> String? {
        text == "x86" || text == "X86" ? "i386" : text
    }
}
