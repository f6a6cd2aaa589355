import CZlib
import Testing

@testable import GatewayAPI

@Suite("GzipEncoder")
struct GzipEncoderTests {
    @Test(
        "gzip is used where the client takes it",
        arguments: [
            (nil, false), ("", false), ("gzip", true), ("GZip", true), ("x-gzip", true),
            ("*", true),
            ("identity", false), ("br", false), ("br, gzip", true), ("gzip;q=0", false),
            ("gzip; q=0.0", false),
            ("gzip;q=0.000", false), ("gzip;q=0.001", true), ("gzip ; q=1", true), ("*;q=0", false),
            ("gzip;q=0, *", false), ("*, gzip;q=0", false), ("*;q=0, gzip", true),
            ("deflate, *;q=0.5", true),
            ("gzipped", false), (",,gzip", true), ("gzip;q=nan", false),
            ("identity;q=1, *;q=0", false), ("gzip;q=0.1, identity;q=1", false),
            ("identity, gzip;q=0.1", false), ("gzip;q=0.9, identity;q=0.9", true),
            ("gzip;q=0.5", true), ("gzip;q=0.5, identity;q=0.25", true),
            ("gzip;q=0.25, identity;q=0.5", false), ("identity, gzip", true),
            ("gzip;q=0.5, *", false), ("gzip;q=0.5, *, identity;q=0.1", true),
            ("*;q=0.5, identity;q=0.6", false), ("*;q=0.5, identity;q=0.4", true),
            ("br;q=1.0, gzip;q=0.8, *;q=0.1", true), ("gzip;q=0.5, identity;q=0", true),
            ("gzip;q=0.998, identity;q=0.999", false), ("gzip;q=1.000, identity", true),
            ("gzip;q=0.5.1", false), ("gzip;q=", false), ("gzip;q=.", false),
            ("gzip;q=99999999999999999999999, identity", true),
        ] as [(String?, Bool)]
    )
    func accepted(_ field: String?, expected: Bool) {
        #expect(GzipEncoder.isAccepted(field) == expected)
    }

    @Test("A compressed body is read back whole", arguments: [0, 1, 1_024, 100_000])
    func roundTrip(_ count: Int) throws {
        let body = (0..<count).map { UInt8(truncatingIfNeeded: $0 * $0 >> 3) }
        let compressed = try #require(GzipEncoder.encode(body))
        #expect(compressed.prefix(2) == [0x1F, 0x8B])
        #expect(compressed.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) } == count)
        #expect(inflated(compressed, count: count) == body)
    }

    private func inflated(_ compressed: [UInt8], count: Int) -> [UInt8]? {
        // A raw deflate stream stands between the 10 bytes of the head and the 8 of the trailer.
        var source = Array(compressed.dropFirst(10).dropLast(8))
        var target = [UInt8](repeating: 0, count: count + 1)
        var stream = z_stream()
        let size = Int32(MemoryLayout<z_stream>.size)
        guard inflateInit2_(&stream, -15, ZLIB_VERSION, size) == Z_OK else { return nil }
        defer { inflateEnd(&stream) }
        let result = source.withUnsafeMutableBufferPointer { source in
            target.withUnsafeMutableBufferPointer { target in
                stream.next_in = source.baseAddress
                stream.avail_in = uInt(source.count)
                stream.next_out = target.baseAddress
                stream.avail_out = uInt(target.count)
                return inflate(&stream, Z_FINISH)
            }
        }
        return result == Z_STREAM_END ? Array(target.prefix(Int(stream.total_out))) : nil
    }
}
