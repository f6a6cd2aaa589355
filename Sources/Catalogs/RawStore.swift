/// The providers' own objects, in the order of their arrival. They are rarely asked for, so they are kept
/// apart from everything else.
struct RawStore: Sendable {
    private var texts: [[UInt8]] = []

    var count: Int { texts.count }

    mutating func append(_ raw: [UInt8]) {
        texts.append(raw)
    }

    subscript(index: Int) -> [UInt8] { texts[index] }
}
