internal import CBenchmarkSystem
internal import Catalogs
internal import Glibc
internal import ImageModel

/// A catalog of a million generated images in five snapshots, and what loading them cost.
struct MillionImages {
    static let count = 1_000_000

    let catalog: Catalog
    /// Microseconds of processor time per image.
    private(set) var appending = 0.0
    private(set) var finishing = 0.0
    /// Resident bytes per image that loading added.
    let memory: Double

    init() {
        let before = MillionImages.residentBytes()
        var snapshots: [Snapshot] = []
        for (seed, upstream) in GeneratedImages.upstreams.enumerated() {
            var images = GeneratedImages(upstream, seed: UInt64(seed))
            var builder = SnapshotBuilder(upstream: upstream.id)
            for _ in 0..<MillionImages.count / GeneratedImages.upstreams.count / 100 {
                let page = (0..<100).map { _ in images.next() }
                let begin = ProcessorTime.ofThisThread
                for image in page { builder.append(image) }
                appending += ProcessorTime.ofThisThread - begin
            }
            let begin = ProcessorTime.ofThisThread
            snapshots.append(builder.finish())
            finishing += ProcessorTime.ofThisThread - begin
        }
        catalog = Catalog(snapshots)
        appending *= 1e6 / Double(MillionImages.count)
        finishing *= 1e6 / Double(MillionImages.count)
        memory = Double(MillionImages.residentBytes() - before) / Double(MillionImages.count)
    }

    private static func residentBytes() -> Int {
        ig_give_back_memory()
        return ProcessProbe(process: getpid()).residentBytes
    }

    /// The usual question: what runs on an ordinary machine and may be used.
    static var fourFilters: ImageQuery {
        var query = ImageQuery()
        query.families = [.linux]
        query.architectures = [.x86_64]
        query.statuses = [.available]
        query.visibilities = [.public]
        return query
    }
}
