import ImageModel

extension StoredSnapshot {
    /// Reads bytes of anybody's as a stored snapshot and asks what came of it everything that it can be asked.
    /// For fuzzing: whatever the bytes are it must come to its end. `true` where they were one.
    ///
    /// The head and the hash are not held against anything: mutated bytes would never get past them.
    @discardableResult
    public static func fuzz(_ bytes: [UInt8]) -> Bool {
        let upstream = "fuzz"
        var input = SnapshotInput(SnapshotBytes(bytes), isHashChecked: false)
        guard (try? input.bytes(SnapshotStamp.byteCount * 2 + stampOffset)) != nil,
            let snapshot = try? Snapshot(reading: &input, upstream: upstream),
            (try? input.finish()) != nil
        else { return false }
        visit(snapshot, choice: bytes.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xFFFF })
        return true
    }

    /// Every row as an image and as JSON, all of them in some order, one through every filter, and all carried into
    /// a new list. Every order for every list would take the time of ten other lists.
    private static func visit(_ snapshot: Snapshot, choice: Int) {
        let images = snapshot.images()
        let catalog = Catalog([snapshot])
        let orders = ImageOrder.Field.allCases
        var request = CatalogRequest()
        request.order = ImageOrder([ImageOrder.Term(orders[choice % orders.count])])
        request.facets = FacetField.allCases
        request.fields = FieldSelection(Set(FieldSelection.Member.allCases))
        _ = catalog.evaluate(request)
        for image in images.prefix(8) { _ = catalog.row(id: image.id, fields: .all) }
        if !images.isEmpty {
            let image = images[choice % images.count]
            var request = CatalogRequest()
            request.query.words = [image.name]
            request.query.names = [image.name]
            request.query.tags = image.tags
            _ = catalog.evaluate(request)
        }
        var builder = SnapshotBuilder(upstream: snapshot.upstream)
        builder.append(contentsOf: snapshot, arrivals: 0..<snapshot.count)
        _ = builder.finish().fingerprint
    }
}
