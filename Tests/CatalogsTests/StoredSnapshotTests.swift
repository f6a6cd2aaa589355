import CatalogOracle
import ImageModel
import TestKit
import Testing

@testable import Catalogs

struct StoredSnapshotTests {
    private static let salt = [UInt8](repeating: 7, count: SnapshotLabel.saltByteCount)
    private static let identity = [UInt8](repeating: 9, count: SnapshotLabel.identityByteCount)

    private static func snapshot(seed: UInt64, images count: Int) -> Snapshot {
        var generator = SplitMix(seed: seed)
        var builder = SnapshotBuilder(upstream: "up-1")
        for _ in 0..<count { builder.append(RandomImages.image(&generator)) }
        return builder.finish()
    }

    private static func stored(
        _ snapshot: Snapshot,
        stamp: SnapshotStamp = SnapshotStamp(number: 0, fetched: 1_000, latency: 5),
        isCut: Bool = false
    ) throws -> [UInt8] {
        let target = SnapshotBytes()
        let label = SnapshotLabel(salt: salt, identity: identity, isCut: isCut)
        try StoredSnapshot.write(snapshot, label: label, stamp: stamp, to: target)
        return target.bytes
    }

    private static func read(
        _ bytes: [UInt8],
        upstream: String = "up-1",
        identity: [UInt8] = StoredSnapshotTests.identity
    ) throws(SnapshotFileError) -> StoredSnapshot {
        try StoredSnapshot.read(from: SnapshotBytes(bytes), upstream: upstream) { salt in
            salt == Self.salt ? identity : []
        }
    }

    private static func code(_ bytes: [UInt8], upstream: String = "up-1") -> SnapshotFileError.Code?
    {
        do throws(SnapshotFileError) {
            _ = try read(bytes, upstream: upstream)
            return nil
        } catch {
            return error.code
        }
    }

    @Test("What was stored answers every question as before", arguments: UInt64(0)..<12)
    func roundTrip(seed: UInt64) throws {
        let snapshot = Self.snapshot(seed: seed, images: [0, 1, 3, 80, 200][Int(seed) % 5])
        let stored = try Self.read(try Self.stored(snapshot, isCut: seed % 2 == 1))
        #expect(stored.stamp == SnapshotStamp(number: 0, fetched: 1_000, latency: 5))
        #expect(stored.label.isCut == (seed % 2 == 1))
        let again = stored.snapshot
        #expect(again.images() == snapshot.images())
        #expect(again.fingerprint == snapshot.fingerprint)
        #expect(again.arrivalFingerprint == snapshot.arrivalFingerprint)
        var generator = SplitMix(seed: seed)
        let (old, new) = (Catalog([snapshot]), Catalog([again]))
        for _ in 0..<20 {
            var request = RandomRequests.request(&generator)
            request.fields = FieldSelection(Set(FieldSelection.Member.allCases))
            let (expected, page) = (old.evaluate(request), new.evaluate(request))
            #expect(page.rows == expected.rows, "\(request)")
            #expect(page.total == expected.total && page.next == expected.next, "\(request)")
        }
    }

    @Test("A list read back is carried like any other: the same list again ends in it")
    func carried() throws {
        let snapshot = Self.snapshot(seed: 3, images: 90)
        let again = try Self.read(try Self.stored(snapshot)).snapshot
        var builder = SnapshotBuilder(upstream: "up-1", earlier: again)
        builder.append(contentsOf: again, arrivals: 0..<again.count)
        #expect(builder.finish() === again)
        #expect(try Self.stored(again) == Self.stored(snapshot))
    }

    @Test("A file that ends early at any byte is not served")
    func truncated() throws {
        let bytes = try Self.stored(Self.snapshot(seed: 1, images: 4))
        for count in bytes.indices {
            #expect(Self.code(Array(bytes[..<count])) != nil, "\(count) of \(bytes.count) bytes")
        }
        #expect(Self.code(bytes + [0]) == .damaged)
    }

    @Test("A file with a bit of any byte flipped is not served, one stamp apart")
    func flipped() throws {
        let snapshot = Self.snapshot(seed: 2, images: 4)
        var bytes = try Self.stored(snapshot)
        let stamp = SnapshotStamp(number: 1, fetched: 2_000, latency: 5)
        let (offset, renewal) = stamp.renewal(salt: Self.salt)
        bytes.replaceSubrange(offset..<offset + renewal.count, with: renewal)
        #expect(try Self.read(bytes).stamp == stamp)
        let stamps = StoredSnapshot.stampOffset..<StoredSnapshot.stampOffset + 80
        for index in bytes.indices {
            bytes[index] ^= 1 << (index % 8)
            defer { bytes[index] ^= 1 << (index % 8) }
            guard stamps.contains(index) else {
                #expect(Self.code(bytes) != nil, "byte \(index)")
                continue
            }
            // The other stamp still holds, and the rows are whole.
            let stored = try Self.read(bytes)
            #expect(stored.stamp.fetched == 1_000 || stored.stamp.fetched == 2_000)
            #expect(stored.snapshot.fingerprint == snapshot.fingerprint)
        }
    }

    @Test("A renewal that stops at any byte leaves an earlier stamp")
    func tornRenewal() throws {
        let bytes = try Self.stored(Self.snapshot(seed: 5, images: 2))
        let (offset, renewal) = SnapshotStamp(number: 1, fetched: 2_000, latency: 5)
            .renewal(salt: Self.salt)
        for count in 0...renewal.count {
            var torn = bytes
            torn.replaceSubrange(offset..<offset + count, with: renewal[..<count])
            #expect(try Self.read(torn).stamp.fetched == (count == renewal.count ? 2_000 : 1_000))
        }
    }

    @Test("Files of others are told apart")
    func foreign() throws {
        let bytes = try Self.stored(Self.snapshot(seed: 1, images: 3))
        #expect(Self.code([]) == .truncated)
        #expect(Self.code(Array(repeating: 0x20, count: 4_096)) == .foreign)
        #expect(Self.code(bytes, upstream: "up-2") == .foreign)
        var other = bytes
        other[12] += 1
        #expect(Self.code(other) == .version)
        other = bytes
        other[16] ^= 1
        #expect(Self.code(other) == .version)
        #expect(throws: SnapshotFileError.self) {
            _ = try Self.read(bytes, identity: Self.salt + Self.salt)
        }
        other = bytes
        other[StoredSnapshot.stampOffset] ^= 1
        #expect(Self.code(other) == .damaged)
    }

    @Test("Bytes of anybody's never trap, whatever they claim", arguments: UInt64(0)..<8)
    func hostile(seed: UInt64) throws {
        var generator = SplitMix(seed: seed)
        let bytes = try Self.stored(Self.snapshot(seed: seed, images: 12))
        #expect(StoredSnapshot.fuzz(bytes))
        var readCount = 0
        for _ in 0..<60 {
            var mutated = bytes
            for _ in 0..<generator.pick([1, 1, 2, 4]) {
                let index = Int.random(in: 160..<bytes.count, using: &generator)
                mutated[index] = generator.pick([0, 1, 0x7F, 0x80, 0xFF, mutated[index] ^ 1])
            }
            if StoredSnapshot.fuzz(mutated) { readCount += 1 }
        }
        // Some of them got past every check of a count.
        #expect(readCount > 0)
    }

    @Test(
        "Blocks that nobody compressed expand to as many bytes as they say",
        arguments: UInt64(0)..<20
    )
    func hostileBlocks(seed: UInt64) {
        var generator = SplitMix(seed: seed)
        for _ in 0..<50 {
            let block = (0..<generator.pick([0, 1, 5, 40])).map { _ in
                UInt8(truncatingIfNeeded: generator.next() % 64)
            }
            let expected = BlockCodec.expandedByteCount(block) ?? 0
            #expect(BlockCodec.expanded(block).count == expected)
        }
    }
}
