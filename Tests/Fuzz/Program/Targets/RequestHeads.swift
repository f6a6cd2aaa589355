import HTTPWire
import TestKit
import WireReading

extension FuzzTarget {
    /// A connection's bytes. Cut anywhere or given one by one they are the same requests, and a connection
    /// that ends early has had the first of them.
    static let requestHeads = FuzzTarget(
        name: "request-heads",
        byteCountMax: 512,
        seeds: { WireCase.all.map(\.bytes).filter { $0.count <= 512 } }
    ) { bytes in
        let whole = read([bytes[...]])
        let cut = bytes.cut
        hold(whole == read([bytes[..<cut], bytes[cut...]]), "cut at \(cut)")
        hold(whole == read(bytes.indices.map { bytes[$0...$0] }), "byte by byte")
        let early = read([bytes[..<cut]])
        hold(whole.requests.starts(with: early.requests), "the first \(cut) bytes alone")
        hold(!early.isRefused || whole.isRefused, "more bytes heal nothing")
    }

    private struct Outcome: Equatable {
        var requests: [String]
        var isRefused: Bool
    }

    private static let limits = {
        var limits = ServerLimits()
        limits.headBytesMax = 256
        limits.targetBytesMax = 64
        limits.fieldCountMax = 8
        limits.bodyBytesMax = 128
        limits.chunkLineBytesMax = 32
        limits.trailerBytesMax = 64
        return limits
    }()

    private static func read(_ pieces: [ArraySlice<UInt8>]) -> Outcome {
        var reader = WireReader(
            byteCountMax: pieces.reduce(0) { $0 + $1.count },
            limits: limits
        )
        for piece in pieces { reader.receive(piece) }
        if let refusal = reader.refusal {
            hold([400, 413, 414, 417, 431, 501, 505].contains(refusal.status), "\(refusal)")
        }
        return Outcome(requests: reader.requests, isRefused: reader.refusal != nil)
    }
}
