import Catalogs
import Cryptography
import ImageModel

@testable import Federation

extension FuzzTarget {
    /// A cursor as a client sends it, and what a sealed one holds: the first byte chooses the order, the rest
    /// is the place. No text opens but one that was sealed; a place that decodes is encoded the same way.
    static let cursors = FuzzTarget(name: "cursors", byteCountMax: 256, seeds: { cursorSeeds }) {
        bytes in
        let text = bytes.text
        for request in requests {
            guard (try? sealer.open(text, for: request, date: date)) != nil else { continue }
            hold(sealed.contains(text), "a text that was never sealed opens")
        }
        guard let choice = bytes.first else { return }
        let request = requests[Int(choice) % requests.count]
        guard let place = OrderKey(decoding: bytes.dropFirst(), order: request.order) else {
            return
        }
        hold(place.encoded() == Array(bytes.dropFirst()), "encoded anew")
        let cursor = sealer.seal(place, for: request, date: date)
        hold((try? sealer.open(cursor, for: request, date: date)) == place, "sealed and opened")
    }

    private static let date = Timestamp(seconds: 1_767_225_600)
    private static let sealer: CursorSealer = {
        guard let key = SealingKey([UInt8](repeating: 7, count: SealingKey.keyByteCount)) else {
            fatalError("a key of the right length")
        }
        return CursorSealer(key: key)
    }()

    private static let requests: [ListRequest] = [
        "-created_at", "name", "os_version,-size_bytes", "provider,region,name,-updated_at",
    ].map { text in
        var request = ListRequest(limit: 10, deadline: .seconds(1))
        request.order = (try? ImageOrder(parsing: text)) ?? .standard
        return request
    }

    /// Places: a date, no value, texts, each with an id.
    private static let places: [[UInt8]] = [
        [0, 1, 0, 5, 0x55, 0, 0, 0, 0, 1, 0, 0, 0, 3] + Array("a:b".utf8),
        [0, 0, 0, 0, 0, 3] + Array("a:b".utf8),
        [1, 2, 0, 0, 0, 2] + Array("ub".utf8) + [0, 0, 0, 1, 0x61],
        [2, 2, 0, 0, 0, 1, 0x37, 0, 0, 0, 0, 0],
        [3, 2, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0],
    ]

    private static let sealed = Set(
        places.compactMap { bytes -> String? in
            let request = requests[Int(bytes[0])]
            return OrderKey(decoding: bytes.dropFirst(), order: request.order).map {
                sealer.seal($0, for: request, date: date)
            }
        }
    )

    private static var cursorSeeds: [[UInt8]] { places + sealed.map { Array($0.utf8) } }
}
