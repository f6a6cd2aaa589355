import ImageModel

/// The JSON of neighbouring members, keys and all, for each distinct combination of their values. Rows share
/// combinations, so most of a row is copied and not written.
struct Fragments: Sendable {
    /// In the order of the answer.
    let members: [FieldSelection.Member]
    let selection: FieldSelection
    private(set) var bytes: [UInt8] = []
    /// Where each member of each combination begins, and the end of the last.
    private var cuts: [UInt32] = [0]

    init(_ members: [FieldSelection.Member]) {
        self.members = members
        selection = FieldSelection(exactly: members)
    }

    /// The next combination: the JSON of each member's value.
    mutating func append(_ values: [[UInt8]]) {
        for (member, value) in zip(members, values) {
            bytes += ",\"\(member.rawValue)\":".utf8
            bytes += value
            cuts.append(UInt32(bytes.count))
        }
    }

    /// Where the bytes of all members of a combination are.
    @inline(__always)
    func range(_ combination: UInt32) -> Range<Int> {
        let first = Int(combination) * members.count
        return Int(cuts[first])..<Int(cuts[first + members.count])
    }

    /// Where those of one member are.
    func range(_ combination: UInt32, _ member: Int) -> Range<Int> {
        let cut = Int(combination) * members.count + member
        return Int(cuts[cut])..<Int(cuts[cut + 1])
    }
}
