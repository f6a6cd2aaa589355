/// Which rows one provider lists at one moment. A value: a page is generated from a copy of it, outside
/// every lock.
struct Edition: Sendable {
    let provider: SimulatedProvider
    let seed: UInt64
    let identifiers: Scramble
    /// Rises with every change, so that lists made from an older edition are told apart.
    private(set) var generation = 0
    /// Serials are given in order of creation and never again, but for those of passing rows.
    private(set) var serialCount: Int
    /// The newest of all rows, which a fault shows and the list itself does not have.
    private(set) var passingCount = 0
    private(set) var removed: Set<Int> = []
    private(set) var revisions: [Int: Int] = [:]
    private let firstCount: Int
    private let stream: UInt64

    /// 2018-01-01 and 2025-09-30, between which the first rows were created.
    private static let start: Int64 = 1_514_764_800
    private static let end: Int64 = 1_759_190_400

    init(provider: SimulatedProvider, count: Int, seed: UInt64) {
        self.provider = provider
        self.seed = seed
        self.serialCount = count
        self.firstCount = count
        self.stream = provider.rawValue.utf8.reduce(0) { $0 &* 31 &+ UInt64($1) }
        self.identifiers = Scramble(
            modulus: Edition.identifierCount(provider),
            seed: seed &+ stream
        )
    }

    var count: Int { serialCount - removed.count }

    func isLive(_ serial: Int) -> Bool {
        serial >= 0 && serial < serialCount && !removed.contains(serial)
    }

    func revision(of serial: Int) -> Int { revisions.isEmpty ? 0 : revisions[serial] ?? 0 }

    func draw(_ serial: Int) -> Draw { Draw(seed: seed, stream: stream, index: serial) }

    /// Microseconds since 1970, whole seconds; never smaller than an older row's, now and then equal.
    func created(_ serial: Int) -> Int64 {
        let serial = serial & 7 == 7 ? serial - 1 : serial
        if serial >= firstCount {
            return (Edition.end + Int64(serial - firstCount + 1) * 60) * 1_000_000
        }
        let gap = max(1, (Edition.end - Edition.start) / Int64(firstCount))
        var draw = Draw(seed: seed &+ 1, stream: stream, index: serial)
        return (Edition.start + Int64(serial) * gap + Int64(draw.below(Int(gap)))) * 1_000_000
    }

    /// Live serials, newest first.
    func serialsNewestFirst() -> [UInt32] {
        var serials: [UInt32] = []
        serials.reserveCapacity(count)
        for serial in (0..<serialCount).reversed()
        where removed.isEmpty || !removed.contains(serial) {
            serials.append(UInt32(serial))
        }
        return serials
    }

    /// The same list with more newest rows, for as long as a fault shows them.
    func showing(passing count: Int) -> Edition {
        var edition = self
        edition.serialCount = max(
            serialCount,
            min(serialCount + count, SimulatorConfiguration.imageCountMax)
        )
        edition.passingCount = edition.serialCount - serialCount
        return edition
    }

    // MARK: Changes

    /// Adds new newest rows and returns their serials.
    mutating func add(_ count: Int) -> Range<Int> {
        let added = serialCount..<min(serialCount + count, SimulatorConfiguration.imageCountMax)
        serialCount = max(serialCount, added.upperBound)
        generation += 1
        return added
    }

    mutating func remove(_ serials: [Int]) {
        removed.formUnion(serials)
        serials.forEach { revisions[$0] = nil }
        generation += 1
    }

    mutating func touch(_ serials: [Int]) {
        serials.forEach { revisions[$0, default: 0] += 1 }
        generation += 1
    }

    private static func identifierCount(_ provider: SimulatedProvider) -> UInt64 {
        switch provider {
        case .aries: 1 << 31
        case .zenlayer: 218_340_105_584_896  // 62 to the power of 8
        case .tencentCVM: 2_821_109_907_456  // 36 to the power of 8
        case .huaweiIMS, .gmi: 1 << 48
        }
    }
}
