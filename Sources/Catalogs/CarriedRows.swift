import ImageModel

/// Rows of an earlier snapshot in the order of their arrival, read one after the other. What was read already
/// is the beginning of a new list that came again as it was.
struct CarriedRows: Sendable {
    let snapshot: Snapshot
    /// How many arrivals were read.
    private(set) var count = 0
    /// By arrival.
    private let rows: [UInt32]
    private var raws: RawReader

    init(_ snapshot: Snapshot) {
        self.snapshot = snapshot
        rows = snapshot.rowsByArrival()
        raws = RawReader(snapshot.raws)
    }

    /// Whether every row was read.
    var isWhole: Bool { count == rows.count }

    func row(_ arrival: Int) -> Int { Int(rows[arrival]) }

    mutating func raw(_ arrival: Int) -> ArraySlice<UInt8> { raws[arrival] }

    /// Reads rows without a look at them; they are the next ones.
    mutating func skip(_ arrivals: Range<Int>) -> Bool {
        guard arrivals.lowerBound == count, arrivals.upperBound <= rows.count else { return false }
        count = arrivals.upperBound
        return true
    }

    /// Reads the next row if it is this image.
    mutating func skip(_ image: Image) -> Bool {
        guard count < rows.count, snapshot.holds(image, at: row(count)),
            raws[count].elementsEqual(image.rawBytes)
        else { return false }
        count += 1
        return true
    }

    /// Whether one of the rows that were read has the image's id.
    func contains(_ image: Image) -> Bool {
        guard let row = snapshot.row(id: Array(image.id.utf8)) else { return false }
        return Int(snapshot.rows.raws[row]) < count
    }
}
