import CatalogOracle
import TestKit

@testable import Catalogs

extension FuzzTarget {
    /// A list as `state_directory` holds it, its checksum not looked at: whatever the bytes are, reading them and
    /// asking what came of it everything comes to its end.
    static let storedSnapshots = FuzzTarget(
        name: "stored-snapshots",
        byteCountMax: 2_048,
        seeds: { (0..<6).compactMap(storedSnapshot) }
    ) { bytes in
        StoredSnapshot.fuzz(bytes)
    }

    private static func storedSnapshot(imageCount: Int) -> [UInt8]? {
        var generator = SplitMix(seed: UInt64(imageCount))
        var builder = SnapshotBuilder(upstream: "fuzz")
        for _ in 0..<imageCount { builder.append(RandomImages.image(&generator)) }
        let target = SnapshotBytes()
        let label = SnapshotLabel(
            salt: [UInt8](repeating: 7, count: SnapshotLabel.saltByteCount),
            identity: [UInt8](repeating: 9, count: SnapshotLabel.identityByteCount),
            isCut: false
        )
        let stamp = SnapshotStamp(number: 0, fetched: 1_000, latency: 5)
        guard
            (try? StoredSnapshot.write(builder.finish(), label: label, stamp: stamp, to: target))
                != nil
        else { return nil }
        return target.bytes
    }
}
