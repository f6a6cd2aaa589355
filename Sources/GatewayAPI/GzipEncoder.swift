internal import CZlib

/// Compresses whole bodies (RFC 1952).
enum GzipEncoder {
    /// Smaller bodies are not worth their header.
    static let bodyBytesMin = 1_024
    /// Fast, and close to the ratio of the slow levels on JSON.
    static let fastLevel: Int32 = 4

    /// `nil` when zlib has no memory.
    static func encode(_ body: [UInt8], level: Int32 = fastLevel) -> [UInt8]? {
        var stream = z_stream()
        let size = Int32(MemoryLayout<z_stream>.size)
        guard czlib_deflate_init_gzip(&stream, level) == Z_OK, size > 0 else { return nil }
        defer { deflateEnd(&stream) }
        let bound = Int(deflateBound(&stream, uLong(body.count))) + 32
        var input = body
        return input.withUnsafeMutableBufferPointer { source in
            let compressed = [UInt8](unsafeUninitializedCapacity: bound) { target, count in
                stream.next_in = source.baseAddress
                stream.avail_in = uInt(source.count)
                stream.next_out = target.baseAddress
                stream.avail_out = uInt(target.count)
                count =
                    deflate(&stream, Z_FINISH) == Z_STREAM_END ? bound - Int(stream.avail_out) : 0
            }
            return compressed.isEmpty ? nil : compressed
        }
    }

    /// Whether `Accept-Encoding` takes gzip (RFC 9110 §12.5.3): named or `*`, with a weight above 0.
    static func isAccepted(_ acceptEncoding: String?) -> Bool {
        guard let acceptEncoding else { return false }
        var starWeight = 0.0
        for item in acceptEncoding.lowercased().split(separator: ",") {
            let parts = item.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
            guard let coding = parts.first else { continue }
            let weight =
                parts.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) }
                ?? 1
            if coding == "gzip" || coding == "x-gzip" { return weight > 0 }
            if coding == "*" { starWeight = weight }
        }
        return starWeight > 0
    }
}
