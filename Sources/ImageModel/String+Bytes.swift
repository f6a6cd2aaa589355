extension String {
    /// The text's bytes, as `utf8.span` has them, without a call for it.
    @inline(__always)
    func withBytes<Value>(_ body: (borrowing Span<UInt8>) -> Value) -> Value {
        utf8.withContiguousStorageIfAvailable { body($0.span) } ?? body(utf8.span)
    }

    /// Compares bytes, not like `==`, which takes composed and decomposed letters for the same.
    func hasBytes(_ right: borrowing Span<UInt8>) -> Bool {
        let left = utf8.span
        let count = left.count
        guard count == right.count else { return false }
        guard count >= 8 else {
            return NameLanes(left, at: 0, end: count).bytes
                == NameLanes(right, at: 0, end: count).bytes
        }
        var index = 0
        while index &+ 8 < count {
            if left.eight(at: index) != right.eight(at: index) { return false }
            index &+= 8
        }
        return left.eight(at: count &- 8) == right.eight(at: count &- 8)
    }
}

extension Span<UInt8> {
    /// The eight bytes at `offset` as a number; traps beyond the bounds.
    func eight(at offset: Int) -> UInt64 {
        bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
    }
}
