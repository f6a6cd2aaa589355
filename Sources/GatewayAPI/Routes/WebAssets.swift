internal import CWebAssets
internal import Cryptography

/// The files of the pages for people, as the binary holds them. Immutable, made when first asked for.
struct WebAssets: Sendable {
    /// One file, ready to be sent either way.
    struct File: Sendable {
        let bytes: [UInt8]
        /// `nil` where zlib had no memory.
        let compressed: [UInt8]?
        let type: String
        /// Weak, because the same tag stands on the compressed bytes (RFC 9110 §8.8.3.3).
        let tag: String
    }

    /// Names the whole set: files of one version belong together, so an address that holds it may be kept
    /// for ever.
    let version: String
    private let files: [String: File]

    static let embedded = WebAssets(embeddedFiles())

    /// Written in pages where the version belongs.
    private static let versionMark = "{{version}}"
    /// Compressed once, so the best there is.
    private static let level: Int32 = 9

    init(_ contents: [String: [UInt8]]) {
        let version = Self.version(contents)
        self.version = version
        files = contents.reduce(into: [:]) { files, content in
            files[content.key] = Self.file(content.key, content.value, version)
        }
    }

    var names: [String] { files.keys.sorted() }

    subscript(name: String) -> File? { files[name] }

    private static func version(_ contents: [String: [UInt8]]) -> String {
        var all: [UInt8] = []
        for (name, bytes) in contents.sorted(by: { $0.key < $1.key }) {
            all += Digest.sha256.hash(name) + Digest.sha256.hash(bytes)
        }
        return Hex.encode(Array(Digest.sha256.hash(all).prefix(8)))
    }

    private static func file(_ name: String, _ bytes: [UInt8], _ version: String) -> File {
        var bytes = bytes
        if name.hasSuffix(".html") {
            let text = String(decoding: bytes, as: UTF8.self)
            bytes = Array(text.replacing(versionMark, with: version).utf8)
        }
        return File(
            bytes: bytes,
            compressed: GzipEncoder.encode(bytes, level: level),
            type: type(name),
            tag: "W/\"\(Hex.encode(Array(Digest.sha256.hash(bytes).prefix(12))))\""
        )
    }

    private static func type(_ name: String) -> String {
        if name.hasSuffix(".html") { return "text/html; charset=utf-8" }
        return name.hasSuffix(".css") ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8"
    }

    private static func embeddedFiles() -> [String: [UInt8]] {
        (0..<web_asset_count()).reduce(into: [:]) { files, index in
            guard let asset = web_asset_at(index)?.pointee else { return }
            let bytes = UnsafeBufferPointer(start: asset.bytes, count: asset.byte_count)
            files[String(cString: asset.name)] = Array(bytes)
        }
    }
}
