/// Where the bytes of a stored snapshot come from.
public protocol SnapshotSource: AnyObject {
    /// Bytes that are left, as far as anybody knows beforehand: no count in them is believed beyond it.
    var remaining: Int { get }
    /// Fills the target with the next bytes; `false` where they end before it is full.
    func read(into target: UnsafeMutableRawBufferPointer) -> Bool
}

/// Where they go.
public protocol SnapshotTarget: AnyObject {
    func write(_ bytes: UnsafeRawBufferPointer) throws(SnapshotFileError)
}

/// Bytes in memory, read from the start and written at the end.
public final class SnapshotBytes: SnapshotSource, SnapshotTarget {
    public private(set) var bytes: [UInt8]
    private var offset = 0

    public init(_ bytes: [UInt8] = []) {
        self.bytes = bytes
    }

    public var remaining: Int { bytes.count - offset }

    public func read(into target: UnsafeMutableRawBufferPointer) -> Bool {
        let range = offset..<offset + target.count
        guard range.upperBound <= bytes.count else { return false }
        bytes.withUnsafeBytes {
            target.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[range]))
        }
        offset = range.upperBound
        return true
    }

    public func write(_ bytes: UnsafeRawBufferPointer) throws(SnapshotFileError) {
        self.bytes.append(contentsOf: bytes)
    }
}
