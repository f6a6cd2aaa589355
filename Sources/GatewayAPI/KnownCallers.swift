internal import Cryptography

/// The callers that one loop has met, so that a key is digested once and not for every request.
///
/// Owned by one loop. A caller is known by the whole key as it was sent; keys are compared in constant time.
struct KnownCallers {
    private var callers: [Caller] = []
    /// Where the next one goes once all places are taken.
    private var next = 0

    /// More than clients usually are; each comparison reads them all.
    private static let countMax = 32

    /// An object of this loop's own: counting its references touches no memory of another loop.
    final class Caller {
        let key: [UInt8]
        let client: ClientDirectory.Client
        /// A copy, for the same reason.
        let id: String

        init(key: [UInt8], client: ClientDirectory.Client) {
            self.key = key
            self.client = client
            id = String(decoding: Array(client.id.utf8), as: UTF8.self)
        }
    }

    /// The caller whose key stands in that range of `bytes`.
    func caller(key range: Range<Int>, of bytes: [UInt8]) -> Caller? {
        callers.first { isEqual($0.key, range, bytes) }
    }

    mutating func insert(_ client: ClientDirectory.Client, key: [UInt8]) -> Caller {
        let caller = Caller(key: key, client: client)
        if callers.count < Self.countMax {
            callers.append(caller)
        } else {
            callers[next] = caller
            next = (next + 1) % Self.countMax
        }
        return caller
    }

    private func isEqual(_ key: [UInt8], _ range: Range<Int>, _ bytes: [UInt8]) -> Bool {
        guard key.count == range.count else { return false }
        var difference: UInt8 = 0
        for offset in key.indices { difference |= key[offset] ^ bytes[range.lowerBound + offset] }
        return difference == 0
    }
}
