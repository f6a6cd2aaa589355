/// The providers' own objects, in the order of their arrival. They are rarely asked for, so they are kept
/// compressed, many to a block.
struct RawStore: Sendable {
    /// Bytes after which a block is closed: what one object costs to read.
    static let blockBytes = 32_768

    private(set) var closed: [[UInt8]] = []
    /// The index of the first object of each closed block.
    private(set) var firstObjects: [UInt32] = []
    private var open: [UInt8] = []
    /// The first object that no closed block has.
    private(set) var openFirst = 0
    /// By object: where it begins in its block.
    private(set) var starts: [UInt32] = []

    var count: Int { starts.count }

    init() {}

    /// Of blocks that hold the objects before `openFirst`; those from there on are empty.
    init(closed: [[UInt8]], firstObjects: [UInt32], openFirst: Int, starts: [UInt32]) {
        self.closed = closed
        self.firstObjects = firstObjects
        self.openFirst = openFirst
        self.starts = starts
    }

    mutating func append(_ raw: Span<UInt8>) {
        starts.append(UInt32(open.count))
        raw.withUnsafeBufferPointer { open.append(contentsOf: $0) }
        if open.count >= RawStore.blockBytes { close() }
    }

    /// Whether no object is compressed, as it is with a few short ones.
    var isOpen: Bool { closed.isEmpty }

    /// Adds an object of a store that is open.
    mutating func append(_ index: Int, of other: RawStore) {
        append(other.open.span.extracting(other.openRange(index)))
    }

    /// Puts an object of a store that is open in the place of another one.
    mutating func replace(_ index: Int, with raw: Span<UInt8>) {
        let range = openRange(index)
        raw.withUnsafeBufferPointer { open.replaceSubrange(range, with: $0) }
        if raw.count != range.count {
            for later in index + 1..<count {
                starts[later] = UInt32(Int(starts[later]) - range.count + raw.count)
            }
        }
        if open.count >= RawStore.blockBytes { close() }
    }

    private func openRange(_ index: Int) -> Range<Int> {
        Int(starts[index])..<(index + 1 < count ? Int(starts[index + 1]) : open.count)
    }

    /// The same objects with every block compressed, and without memory for more.
    func finished() -> RawStore {
        var result = self
        if !open.isEmpty { result.close() }
        result.open = []
        result.starts = starts.trimmed()
        return result
    }

    /// Expands one block.
    subscript(index: Int) -> [UInt8] {
        var reader = RawReader(self)
        return Array(reader[index])
    }

    /// Only for the last object of a block its block must be expanded.
    func isEmpty(_ index: Int) -> Bool {
        if index + 1 < count, starts[index + 1] > 0 { return starts[index + 1] == starts[index] }
        return self[index].isEmpty
    }

    /// The objects of the block that holds one of them, and that block.
    fileprivate func block(of index: Int) -> (objects: Range<Int>, bytes: [UInt8]) {
        if index >= openFirst { return (openFirst..<count, open) }
        let next = firstObjects.indices.partitionPoint { Int(firstObjects[$0]) > index }
        let end = next < firstObjects.count ? Int(firstObjects[next]) : openFirst
        return (Int(firstObjects[next - 1])..<end, BlockCodec.expanded(closed[next - 1]))
    }

    fileprivate func start(_ index: Int) -> Int { Int(starts[index]) }

    private mutating func close() {
        firstObjects.append(UInt32(openFirst))
        closed.append(BlockCodec.compressed(open))
        open.removeAll(keepingCapacity: true)
        openFirst = starts.count
    }
}

/// Reads objects of a store; those of one block after the other expand it once.
struct RawReader: Sendable {
    private let store: RawStore
    private var objects = 0..<0
    private var bytes: [UInt8] = []

    init(_ store: RawStore) {
        self.store = store
    }

    subscript(index: Int) -> ArraySlice<UInt8> {
        mutating get {
            if !objects.contains(index) { (objects, bytes) = store.block(of: index) }
            let end = index + 1 < objects.upperBound ? store.start(index + 1) : bytes.count
            return bytes[store.start(index)..<end]
        }
    }
}
