import HTTPWire
import TestKit

extension FuzzTarget {
    /// Chunked content. Cut anywhere it is the same content and ends at the same byte, within its limit;
    /// what was decoded is what a plain encoding of it decodes to.
    static let chunkedBodies = FuzzTarget(
        name: "chunked-bodies",
        byteCountMax: 256,
        seeds: { WireCase.all.compactMap { contents(of: $0.bytes) }.filter { $0.count <= 256 } }
    ) { bytes in
        let whole = decode([bytes[...]])
        let cut = bytes.cut
        hold(whole == decode([bytes[..<cut], bytes[cut...]]), "cut at \(cut)")
        hold(whole == decode(bytes.indices.map { bytes[$0...$0] }), "byte by byte")
        hold(whole.body.count <= limits.bodyBytesMax, "\(whole.body.count) bytes")
        guard whole.isComplete else { return }
        let again = decode([encode(whole.body)[...]])
        hold(again.isComplete && again.body == whole.body, "encoded anew")
    }

    private struct Outcome: Equatable {
        var body: [UInt8] = []
        var consumed = 0
        var isComplete = false
        var status: Int?
    }

    private static let limits = {
        var limits = ServerLimits()
        limits.bodyBytesMax = 64
        limits.chunkLineBytesMax = 32
        limits.trailerBytesMax = 64
        limits.fieldCountMax = 4
        return limits
    }()

    private static func decode(_ pieces: [ArraySlice<UInt8>]) -> Outcome {
        var outcome = Outcome()
        do throws(RequestRefusal) {
            var decoder = try BodyDecoder(framing: .chunked, limits: limits)
            for piece in pieces where !decoder.isComplete {
                outcome.consumed += try decoder.decode(piece.span, into: &outcome.body)
            }
            outcome.isComplete = decoder.isComplete
        } catch {
            // How far a refused one came depends on the pieces.
            return Outcome(status: error.status)
        }
        return outcome
    }

    private static func encode(_ body: [UInt8]) -> [UInt8] {
        let chunk = "\(String(body.count, radix: 16))\r\n".utf8 + body + "\r\n".utf8
        return (body.isEmpty ? [] : Array(chunk)) + Array("0\r\n\r\n".utf8)
    }

    private static func contents(of message: [UInt8]) -> [UInt8]? {
        guard let end = message.firstRange(of: Array("\r\n\r\n".utf8)),
            message.text.contains("unked")
        else { return nil }
        return Array(message[end.upperBound...])
    }
}
