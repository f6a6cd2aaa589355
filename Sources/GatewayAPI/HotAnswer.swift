internal import HTTPWire
internal import ImageModel
internal import MonotonicTime
internal import Observability

/// Finished bytes of one answer that are sent again and again. What differs from one sending to the next
/// stands in places of fixed width and is written over: the request id each time; the date, the ages and the
/// remaining time once a second.
struct HotAnswer {
    private(set) var bytes: [UInt8]
    /// Whether the target that asks for it may be logged as it is.
    let isTargetPlain: Bool
    private let ages: Ages?
    /// The second of the wall clock that the bytes speak of.
    private var second: Int64
    /// Looked for when the answer is first sent again: most answers never are.
    private var places: HotAnswerPlaces?

    private let hasContentRequestID: Bool

    /// What the encoder knows of an answer that is to be sent again.
    struct Ages {
        /// When the answer was made.
        let made: MonotonicClock.Instant
        /// Where in the content an upstream's age stands, and what it was then.
        let upstreams: [(offset: Int, age: Duration)]
        /// How long the answer was good for then.
        let remaining: Duration

        /// Of an answer that speaks of no upstream.
        static func none(_ made: MonotonicClock.Instant) -> Ages {
            Ages(made: made, upstreams: [], remaining: .zero)
        }
    }

    /// `bytes` are a whole answer of the gateway, its head first, made at `date`. Without `ages` only the
    /// request id is ever written over, and the answer must not outlive the second of `date`. They are copied:
    /// the array that answers are encoded into is often many times as large as this one. With `hasContentRequestID`
    /// the content tells the request id, too.
    init(
        _ bytes: [UInt8],
        ages: Ages?,
        date: Timestamp,
        isTargetPlain: Bool = false,
        hasContentRequestID: Bool = false
    ) {
        self.isTargetPlain = isTargetPlain
        self.hasContentRequestID = hasContentRequestID
        self.bytes = []
        self.bytes.reserveCapacity(bytes.count)
        self.bytes.append(contentsOf: bytes)
        self.ages = ages
        second = date.seconds
    }

    /// Bytes of memory that it takes, places that are not looked for yet included.
    var memoryByteCount: Int {
        let upstreamByteCount =
            MemoryLayout<(Int, Duration)>.stride + MemoryLayout<MovingSeconds>.stride
        return bytes.capacity + Self.fixedByteCount
            + (ages.map { ($0.upstreams.count + 2) * upstreamByteCount } ?? 0)
    }

    /// The value itself and what comes before the elements of its arrays.
    private static let fixedByteCount = MemoryLayout<Self>.size + 96

    /// Brings the bytes up to date for one sending. `false` where a number has outgrown its place: then the
    /// answer must be made anew.
    mutating func prepare(
        _ requestID: RequestID,
        date: Timestamp,
        now: MonotonicClock.Instant
    ) -> Bool {
        if places == nil { places = HotAnswerPlaces(bytes, ages, hasContentRequestID) }
        if date.seconds != second {
            guard places?.moveSeconds(now, in: &bytes) == true else { return false }
            second = date.seconds
            if let place = places?.date {
                HTTPDate(secondsSince1970: second).write(over: &bytes, at: place)
            }
        }
        if let place = places?.requestID { requestID.write(over: &bytes, at: place) }
        if let place = places?.contentRequestID { requestID.write(over: &bytes, at: place) }
        return true
    }
}

/// Where in an answer stands what changes.
private struct HotAnswerPlaces {
    let requestID: Int?
    let contentRequestID: Int?
    let date: Int?
    private var seconds: [MovingSeconds]

    init(_ bytes: [UInt8], _ ages: HotAnswer.Ages?, _ hasContentRequestID: Bool) {
        let head = AnswerHead(bytes)
        let id = head.value("x-request-id").flatMap { $0.count == RequestID.byteCount ? $0 : nil }
        requestID = id?.lowerBound
        contentRequestID =
            hasContentRequestID ? id.flatMap { head.contentPlace(of: bytes[$0]) } : nil
        date = head.value("date").flatMap {
            $0.count == HTTPDate.byteCount ? $0.lowerBound : nil
        }
        seconds = ages.map { HotAnswerPlaces.seconds(in: bytes, head, $0) } ?? []
    }

    private static func seconds(
        in bytes: [UInt8],
        _ head: AnswerHead,
        _ ages: HotAnswer.Ages
    ) -> [MovingSeconds] {
        func moving(_ start: Int, _ value: Duration, isGrowing: Bool = true) -> MovingSeconds {
            let digits = bytes[start...].prefix { (0x30...0x39).contains($0) }.indices
            return MovingSeconds(
                place: digits,
                value: value,
                base: ages.made,
                isGrowing: isGrowing
            )
        }
        var seconds = ages.upstreams.map { moving(head.byteCount + $0.offset, $0.age) }
        if let place = head.value("age"), let age = ages.upstreams.map(\.age).max() {
            seconds.append(moving(place.lowerBound, age))
        }
        if let place = head.end(of: "; ttl=", in: "cache-status") {
            seconds.append(moving(place, ages.remaining, isGrowing: false))
        }
        return seconds
    }

    func moveSeconds(_ now: MonotonicClock.Instant, in bytes: inout [UInt8]) -> Bool {
        seconds.allSatisfy { $0.write(now, over: &bytes) }
    }
}

/// A whole number of seconds somewhere in an answer that grows or shrinks with time.
private struct MovingSeconds {
    let place: Range<Int>
    /// Its exact value at `base`.
    let value: Duration
    let base: MonotonicClock.Instant
    let isGrowing: Bool

    /// `false` where it has more or fewer digits by now.
    func write(_ now: MonotonicClock.Instant, over bytes: inout [UInt8]) -> Bool {
        let passed = base.duration(to: now)
        var rest = max(0, (isGrowing ? value + passed : value - passed).components.seconds)
        for index in place.reversed() {
            bytes[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        let isPadded = place.count > 1 && bytes[place.lowerBound] == UInt8(ascii: "0")
        return rest == 0 && !isPadded && !place.isEmpty
    }
}

/// The field lines of an encoded answer.
private struct AnswerHead {
    private let bytes: [UInt8]
    /// Bytes up to the content.
    let byteCount: Int

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var index = 0
        while index + 4 <= bytes.count, !bytes[index...].starts(with: [13, 10, 13, 10]) {
            index += 1
        }
        byteCount = min(index + 4, bytes.count)
    }

    /// The value of the first line of that name. A value never holds a line end, so what stands behind one is
    /// a name.
    func value(_ name: String) -> Range<Int>? {
        let line = Array("\r\n\(name): ".utf8)
        guard let start = end(of: line, from: 0) else { return nil }
        let value = bytes[start..<byteCount].prefix { $0 != 13 }
        return value.indices
    }

    /// Where the text ends in the value of a line.
    func end(of text: String, in name: String) -> Int? {
        guard let value = value(name), let end = end(of: Array(text.utf8), from: value.lowerBound)
        else { return nil }
        return end <= value.upperBound ? end : nil
    }

    /// Where the text begins first in the content.
    func contentPlace(of text: ArraySlice<UInt8>) -> Int? {
        bytes[byteCount...].indices.first { bytes[$0...].starts(with: text) }
    }

    private func end(of text: [UInt8], from start: Int) -> Int? {
        var index = start
        while index + text.count <= byteCount {
            if bytes[index...].starts(with: text) { return index + text.count }
            index += 1
        }
        return nil
    }
}
