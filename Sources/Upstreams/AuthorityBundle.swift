/// Authorities to trust instead of the system's: a PEM file with what stood in it when it was read.
///
/// Who is trusted changes with the content, under whatever name: two bundles are equal where both are.
public struct AuthorityBundle: Sendable, Hashable {
    public let file: String
    /// Empty where the file could not be read; every call fails then.
    public let pem: [UInt8]

    public init(file: String, pem: [UInt8]) {
        self.file = file
        self.pem = pem
    }
}
