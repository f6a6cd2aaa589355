/// A text and where it lies, so that looking at a byte counts no reference and checks no uniqueness.
///
/// The address is that of the array's elements, which do not move while the array is referenced and not
/// changed: `owner` does the one, and being private and constant the other. Offsets are the reader's to keep:
/// its cursor only passes bytes that the grammar knows, and at the end it reads a zero, which is none.
@usableFromInline
struct HeldText: ~Copyable {
    private let owner: [UInt8]
    @usableFromInline let start: UnsafePointer<UInt8>
    @usableFromInline let count: Int

    init(_ bytes: [UInt8]) {
        owner = bytes.isEmpty ? [0] : bytes
        count = bytes.count
        guard let first = owner.withUnsafeBufferPointer(\.baseAddress) else {
            fatalError("an array with elements has an address")
        }
        start = first
    }

    deinit { withExtendedLifetime(owner) {} }

    /// The byte at an offset; 0 at the end.
    @inlinable
    subscript(offset: Int) -> UInt8 {
        @inline(__always) get {
            assert(offset >= 0 && offset <= count, "the reader ran out of its text")
            return offset < count ? start[offset] : 0
        }
    }

    /// Sixteen bytes, of which zeros are behind the end.
    @inlinable @inline(__always)
    func block(at offset: Int) -> TextBlock {
        assert(offset >= 0 && offset <= count, "the reader ran out of its text")
        guard offset &+ 16 <= count else { return lastBlock(at: offset) }
        let bytes = UnsafeRawPointer(start + offset)
        return TextBlock(
            bytes.loadUnaligned(as: UInt64.self).littleEndian,
            bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self).littleEndian
        )
    }

    @usableFromInline
    func lastBlock(at offset: Int) -> TextBlock {
        var (low, high): (UInt64, UInt64) = (0, 0)
        for index in offset..<count {
            let place = UInt64(index - offset)
            if place < 8 {
                low |= UInt64(start[index]) << (8 * place)
            } else {
                high |= UInt64(start[index]) << (8 * (place - 8))
            }
        }
        return TextBlock(low, high)
    }

    /// The bytes of a range inside the text, for no longer than this value lives.
    func bytes(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: start + range.lowerBound, count: range.count)
    }

    /// Whether those bytes stand at an offset.
    func begins(with bytes: Span<UInt8>, at offset: Int) -> Bool {
        guard bytes.count <= count - offset else { return false }
        return bytes.withUnsafeBytes { known in
            guard let address = known.baseAddress else { return true }
            return SameBytes.areSame(start + offset, address, count: known.count)
        }
    }

    /// How many bytes both begin with.
    func beginning(with other: borrowing HeldText) -> Int {
        SameBytes.beginning(start, other.start, countMax: min(count, other.count))
    }

    /// How many bytes both end with, behind some at the beginning.
    func end(with other: borrowing HeldText, behind headCount: Int) -> Int {
        SameBytes.end(
            start + count,
            other.start + other.count,
            countMax: min(count, other.count) - headCount
        )
    }
}
