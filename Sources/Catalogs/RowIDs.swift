/// The global ids of rows in the order of their arrival, each once. An id is its place and the provider's own
/// id; put together it is never kept.
struct RowIDs: Sendable {
    /// `provider:region:` of each place.
    private(set) var places = TextTable()
    private(set) var nativeIDs = TextTable()
    /// By row.
    private var placeOfRow: [UInt32] = []
    private var slots = HashSlots()
    /// The id that was added last; kept for its memory.
    private var id: [UInt8] = []

    var count: Int { placeOfRow.count }

    mutating func addPlace(provider: String, region: String) -> UInt32 {
        places.append("\(provider):\(region):".utf8)
        return UInt32(places.count - 1)
    }

    /// Adds an id unless a row has it.
    mutating func append(place: UInt32, _ nativeID: Span<UInt8>) -> Bool {
        id.removeAll(keepingCapacity: true)
        id += places[Int(place)]
        nativeID.withUnsafeBufferPointer { id.append(contentsOf: $0) }
        var hash = StableHash()
        hash.combine(id.span)
        if slots.find(hash.word, where: { equals($0, id) }) != nil { return false }
        slots.insert(hash.word, number: count)
        placeOfRow.append(place)
        nativeIDs.append(nativeID)
        return true
    }

    /// Adds the id of a row of ids that have the same places.
    mutating func append(_ other: RowIDs, _ row: Int) -> Bool {
        let nativeID = other.nativeIDs.bytes.span.extracting(other.nativeIDs.range(row))
        return append(place: other.placeOfRow[row], nativeID)
    }

    mutating func removeRows() {
        var empty = TextTable()
        empty.reserveCapacity(texts: count, bytes: nativeIDs.bytes.count)
        nativeIDs = empty
        placeOfRow.removeAll(keepingCapacity: true)
        slots = HashSlots()
    }

    /// Whether a row has that id.
    func isSame(_ row: Int, place: UInt32, _ nativeID: Span<UInt8>) -> Bool {
        placeOfRow[row] == place && nativeIDs.equals(row, nativeID)
    }

    /// Whether both have the same ids in the same order, and the same places.
    func isSame(_ other: RowIDs) -> Bool {
        places.count == other.places.count && placeOfRow == other.placeOfRow
            && nativeIDs == other.nativeIDs
    }

    private func equals(_ row: Int, _ id: [UInt8]) -> Bool {
        let (place, nativeID) = (places.range(Int(placeOfRow[row])), nativeIDs.range(row))
        guard place.count + nativeID.count == id.count else { return false }
        let (head, rest) = (0..<place.count, place.count..<id.count)
        return ByteOrder.compare(places.bytes.span.extracting(place), id.span.extracting(head)) == 0
            && ByteOrder.compare(
                nativeIDs.bytes.span.extracting(nativeID),
                id.span.extracting(rest)
            ) == 0
    }

    /// All ids, put together.
    func texts() -> TextTable {
        var texts = TextTable()
        let placeBytes = placeOfRow.reduce(0) { $0 + places.range(Int($1)).count }
        texts.reserveCapacity(texts: count, bytes: placeBytes + nativeIDs.bytes.count)
        for row in 0..<count {
            texts.append(places.bytes.span.extracting(places.range(Int(placeOfRow[row]))))
            texts.extend(nativeIDs.bytes.span.extracting(nativeIDs.range(row)))
        }
        return texts
    }
}
