import Synchronization

/// Which serials answer which question, newest first, kept while nothing changes: a walk over two
/// thousand pages must not look at every row two thousand times. Serials only, never rows.
final class ListingCache: Sendable {
    struct Key: Hashable {
        var provider: SimulatedProvider
        var generation: Int
        var passingCount: Int
        /// Filters and order, written so that equal questions are equal.
        var question: String

        init(_ edition: Edition, _ question: String) {
            provider = edition.provider
            generation = edition.generation
            passingCount = edition.passingCount
            self.question = question
        }

        /// Whether both are of one list at one moment.
        func isOfSameList(as other: Key) -> Bool {
            generation == other.generation && passingCount == other.passingCount
        }
    }

    static let entryCountMax = 32
    private let entries = Mutex<[(key: Key, serials: [UInt32])]>([])

    /// All live rows.
    func all(_ edition: Edition) -> [UInt32] {
        let key = Key(edition, "")
        if let known = find(key) { return known }
        return keep(key, edition.serialsNewestFirst())
    }

    /// The live rows that a question lets through, in its order. Generates each row once; hands the loop
    /// back now and then. An image whose `order` is `nil` everywhere stays newest first.
    func matching<Row: ProviderImage>(
        _ edition: Edition,
        question: String,
        order: (@Sendable ([Row]) -> [Int])? = nil,
        where isWanted: @Sendable (Row) -> Bool
    ) async -> [UInt32] {
        let key = Key(edition, question)
        if let known = find(key) { return known }
        var serials: [UInt32] = []
        var rows: [Row] = []
        for (index, serial) in all(edition).enumerated() {
            if index & 4095 == 4095 { await Task.yield() }
            let row = Row(serial: Int(serial), in: edition)
            guard isWanted(row) else { continue }
            serials.append(serial)
            if order != nil { rows.append(row) }
        }
        if let order { serials = order(rows).map { serials[$0] } }
        return keep(key, serials)
    }

    private func find(_ key: Key) -> [UInt32]? {
        entries.withLock { entries in entries.first { $0.key == key }?.serials }
    }

    private func keep(_ key: Key, _ serials: [UInt32]) -> [UInt32] {
        entries.withLock { entries in
            entries.removeAll {
                $0.key.provider == key.provider && !$0.key.isOfSameList(as: key) || $0.key == key
            }
            if entries.count >= Self.entryCountMax { entries.removeFirst() }
            entries.append((key, serials))
        }
        return serials
    }
}
