public import ImageModel

extension Snapshot {
    /// `provider:region:native_id`.
    func idBytes(_ row: Int) -> [UInt8] {
        let place = places.range(Int(profile(row).place))
        let nativeID = nativeIDs.texts.range(row)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(place.count + nativeID.count)
        bytes += places.bytes[place]
        bytes += nativeIDs.texts.bytes[nativeID]
        return bytes
    }

    /// Compares the row's global id without putting it together.
    func compareID(_ row: Int, _ id: [UInt8]) -> Int {
        let (places, nativeIDs, id) = (places, nativeIDs.texts, id.span)
        let place = places.range(Int(profile(row).place))
        let headCount = min(place.count, id.count)
        let head = ByteOrder.compare(
            places.bytes.span.extracting(place),
            id.extracting(0..<headCount)
        )
        if head != 0 { return head }
        return ByteOrder.compare(
            nativeIDs.bytes.span.extracting(nativeIDs.range(row)),
            id.extracting(headCount..<id.count)
        )
    }

    /// The same for two rows, whose ids nearly always begin with different places or the same one. Tables are
    /// named in place: copies of them would be counted.
    @inline(__always)
    func compareID(_ row: Int, _ other: Snapshot, _ otherRow: Int) -> Int {
        let place = places.range(Int(profile(row).place))
        let otherPlace = other.places.range(Int(other.profile(otherRow).place))
        let common = min(place.count, otherPlace.count)
        let head = places.compare(
            bytes: place.lowerBound..<place.lowerBound + common,
            other.places,
            bytes: otherPlace.lowerBound..<otherPlace.lowerBound + common
        )
        if head != 0 { return head }
        if place.count != otherPlace.count { return compareID(row, other.idBytes(otherRow)) }
        return nativeIDs.texts.compare(row, other.nativeIDs.texts, otherRow)
    }

    /// The row of a global id. O(log n).
    func row(id: [UInt8]) -> Int? {
        let index = idOrder.indices.partitionPoint { compareID(Int(idOrder[$0]), id) >= 0 }
        guard index < count, compareID(Int(idOrder[index]), id) == 0 else { return nil }
        return Int(idOrder[index])
    }

    /// The rows of an id, global or the provider's own, which may occur in each place.
    func rows(anyID: String) -> [Int] {
        let native = (0..<places.count).compactMap { row(id: Array(places[$0]) + anyID.utf8) }
        return native + [row(id: Array(anyID.utf8))].compactMap { $0 }
    }

    /// Every image, newest first, ties by id. For persistence and tests.
    public func images() -> [Image] {
        (0..<count).map(image)
    }
}
