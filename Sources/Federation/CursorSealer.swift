internal import Catalogs
public import Cryptography
internal import ImageModel

/// Makes and reads page cursors: stateless, authenticated, bound to the question and to who asks.
///
/// A cursor is the base64url text of a sealed box that holds a version, the hour it was made and the last
/// row's place in the order; the box is bound to filters, order, grouping, client and scope, while page size and
/// fields may change on the way. The place is a key, not an offset, so rows that come and go between pages
/// neither repeat nor hide the others.
public struct CursorSealer: Sendable {
    private let key: SealingKey

    private static let version: UInt8 = 1
    /// Version and hour.
    private static let headByteCount = 9
    /// After this a cursor is refused as expired.
    private static let hoursMax: Int64 = 72

    public init(key: SealingKey) {
        self.key = key
    }

    public enum Failure: Error, Sendable, Hashable {
        case invalid, expired
    }

    /// Whether a text has the form of a cursor: what can be said where it is open which question is asked.
    public static func isCursor(_ text: String) -> Bool {
        (Base64.url.decode(text)?.count ?? 0) >= SealingKey.boxExcessByteCount + headByteCount
    }

    /// Whole hours: the same page made twice carries the same cursor, so its bytes and its tag repeat.
    static func hour(of date: Timestamp) -> Int64 { date.seconds / 3_600 }

    func seal(_ place: OrderKey, for request: ListRequest, date: Timestamp) -> String {
        let hour = Self.hour(of: date)
        var message: [UInt8] = []
        message.reserveCapacity(Self.headByteCount + place.encodedByteCount)
        message.append(Self.version)
        for shift in stride(from: Int64(56), through: 0, by: -8) {
            message.append(UInt8(truncatingIfNeeded: hour >> shift))
        }
        place.encode(to: &message)
        return Base64.url.encode(key.seal(message, context: QuestionBytes(request).bytes))
    }

    func open(
        _ text: String,
        for request: ListRequest,
        date: Timestamp
    ) throws(Failure) -> OrderKey {
        guard let box = Base64.url.decode(text),
            let message = key.open(box, context: QuestionBytes(request).bytes),
            message.count >= Self.headByteCount, message[0] == Self.version
        else { throw .invalid }
        let hour = message[1..<Self.headByteCount].reduce(Int64(0)) { $0 << 8 | Int64($1) }
        guard Self.hour(of: date) - hour <= Self.hoursMax else { throw .expired }
        let encoded = message.dropFirst(Self.headByteCount)
        guard let place = OrderKey(decoding: encoded, order: request.order) else {
            throw .invalid
        }
        return place
    }
}
