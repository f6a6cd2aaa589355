/// A row of one part of a catalog.
struct RowAddress: Sendable {
    let part: Int
    let row: Int
}
