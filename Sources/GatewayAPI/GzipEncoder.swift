internal import CZlib
internal import HTTPWire

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

    /// Whether `Accept-Encoding` takes gzip (RFC 9110 §12.5.3): named or `*`, with a weight above 0 and not below that
    /// of `identity`.
    static func isAccepted(_ acceptEncoding: String?) -> Bool {
        guard let acceptEncoding else { return false }
        return isAccepted(acceptEncoding.utf8.span)
    }

    /// The same of the field's bytes; allocates nothing.
    static func isAccepted(_ field: borrowing Span<UInt8>) -> Bool {
        var (gzip, identity): (Int?, Int?)
        var others = 0
        var items = WeightedItems(field.count)
        while let item = items.next(in: field) {
            if field.equalsIgnoringCase(item.name, "gzip")
                || field.equalsIgnoringCase(item.name, "x-gzip")
            {
                // The usual: nothing that follows can change it.
                if item.weight == 0 || item.weight == WeightedItems.weightMax {
                    return item.weight > 0
                }
                gzip = item.weight
            } else if field.equalsIgnoringCase(item.name, "identity") {
                identity = item.weight
            } else if field.equalsIgnoringCase(item.name, "*") {
                others = item.weight
            }
        }
        let weight = gzip ?? others
        return weight > 0 && weight >= identity ?? others
    }
}
