public import ImageModel

extension Snapshot {
    /// `provider:region:native_id`.
    func idBytes(_ row: Int) -> [UInt8] {
        Array(places[Int(profile(row).place)]) + rows.nativeIDs[row]
    }

    /// Compares the row's global id without putting it together.
    func compareID(_ row: Int, _ id: [UInt8]) -> Int {
        let place = places[Int(profile(row).place)]
        let (idHead, idRest) = (id.prefix(place.count), id.dropFirst(place.count))
        let head = ByteOrder.compare(place.span, idHead.span)
        if head != 0 { return head }
        return ByteOrder.compare(rows.nativeIDs[row].span, idRest.span)
    }

    /// The row of a global id. O(log n).
    func row(id: some Collection<UInt8>) -> Int? {
        let wanted = Array(id)
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            let result = compareID(Int(idOrder[middle]), wanted)
            if result == 0 { return Int(idOrder[middle]) }
            if result < 0 { low = middle + 1 } else { high = middle }
        }
        return nil
    }

    /// The rows of an id, global or the provider's own, which may occur in each place.
    func rows(anyID: String) -> [Int] {
        let native = (0..<places.count).compactMap { row(id: Array(places[$0]) + anyID.utf8) }
        return native + [row(id: anyID.utf8)].compactMap { $0 }
    }

    /// Every image, newest first, ties by id. For persistence and tests.
    public func images() -> [Image] {
        (0..<count).map(image)
    }
}
