/// Compresses blocks of similar texts by references to earlier bytes (LZ77). A block is a varint of its
/// expanded bytes and a row of sequences: a varint of literals, the literals, a varint of matched bytes, a
/// varint of the distance back; the last sequence has literals alone. Objects of one upstream repeat their keys and links, so a block shrinks to
/// what is new in each of them, at a small part of deflate's cost.
enum BlockCodec {
    private static let matchBytesMin = 5
    private static let tableBits: UInt64 = 13

    static func compressed(_ block: [UInt8]) -> [UInt8] {
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: 1 << Int(tableBits)) { table in
            table.initialize(repeating: -1)
            // A sequence of two varints and no literal replaces five bytes or more; literals cost their own
            // bytes and a varint each.
            let bound = block.count * 2 + 32
            return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: bound) { output in
                guard let start = output.baseAddress else { return [] }
                var cursor = ByteCursor(start)
                cursor.varint(block.count)
                block.withUnsafeBytes { compress($0, table, into: &cursor) }
                return Array(UnsafeBufferPointer(start: start, count: cursor.next - start))
            }
        }
    }

    private static func compress(
        _ bytes: UnsafeRawBufferPointer,
        _ table: UnsafeMutableBufferPointer<Int32>,
        into output: inout ByteCursor
    ) {
        // Loads of eight bytes end within the block: the loop stops eight bytes before its end.
        var (offset, literalStart) = (0, 0)
        while offset + 8 <= bytes.count {
            let word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self).littleEndian
            let slot = Int((word << 24 &* 0x9E37_79B1_85EB_CA87) >> (64 - tableBits))
            let candidate = Int(table[slot])
            table[slot] = Int32(truncatingIfNeeded: offset)
            let length = candidate < 0 ? 0 : matchLength(bytes, candidate, offset)
            if length < matchBytesMin {
                // Faster over what does not repeat, such as ids and digests.
                offset += 1 + (offset - literalStart) >> 5
                continue
            }
            appendLiterals(bytes, literalStart..<offset, to: &output)
            output.varint(length)
            output.varint(offset - candidate)
            offset += length
            literalStart = offset
        }
        appendLiterals(bytes, literalStart..<bytes.count, to: &output)
    }

    @inline(__always)
    private static func matchLength(
        _ bytes: UnsafeRawBufferPointer,
        _ earlier: Int,
        _ later: Int
    ) -> Int {
        var length = 0
        while later + length + 8 <= bytes.count {
            let left = bytes.loadUnaligned(fromByteOffset: earlier + length, as: UInt64.self)
            let right = bytes.loadUnaligned(fromByteOffset: later + length, as: UInt64.self)
            let difference = (left ^ right).littleEndian
            if difference != 0 { return length + difference.trailingZeroBitCount / 8 }
            length += 8
        }
        while later + length < bytes.count, bytes[earlier + length] == bytes[later + length] {
            length += 1
        }
        return length
    }

    /// Most runs are short, and then two words are faster than a call; what they write too much is written
    /// over by what follows, for which the bound has room.
    @inline(__always)
    private static func appendLiterals(
        _ bytes: UnsafeRawBufferPointer,
        _ range: Range<Int>,
        to output: inout ByteCursor
    ) {
        output.varint(range.count)
        if range.count <= 16, range.lowerBound + 16 <= bytes.count {
            let first = bytes.loadUnaligned(fromByteOffset: range.lowerBound, as: UInt64.self)
            let second = bytes.loadUnaligned(fromByteOffset: range.lowerBound + 8, as: UInt64.self)
            output.words(first, second, byteCount: range.count)
        } else {
            let literals = UnsafeRawBufferPointer(rebasing: bytes[range])
            output.copy(literals.bindMemory(to: UInt8.self).span)
        }
    }

    /// Bytes that a block expands to; `nil` where its head does not say.
    static func expandedByteCount(_ block: [UInt8]) -> Int? {
        var offset = 0
        return readVarint(block, &offset)
    }

    /// As many bytes as the block's head says. Blocks come from files, too: of one that was not written by
    /// `compressed` what cannot be expanded is zero bytes.
    static func expanded(_ block: [UInt8]) -> [UInt8] {
        var offset = 0
        guard let byteCount = readVarint(block, &offset) else { return [] }
        return Array(unsafeUninitializedCapacity: byteCount) { output, count in
            // The array may have more room than it was asked for.
            let output = UnsafeMutableBufferPointer(rebasing: output.prefix(byteCount))
            var end = 0
            while copySequence(of: block, &offset, to: output, &end) {}
            output[end...].initialize(repeating: 0)
            count = byteCount
        }
    }

    /// Copies the next literals and the match behind them; `false` at the end of the block.
    @inline(__always)
    private static func copySequence(
        of block: [UInt8],
        _ offset: inout Int,
        to output: UnsafeMutableBufferPointer<UInt8>,
        _ end: inout Int
    ) -> Bool {
        guard let count = readVarint(block, &offset), count <= block.count - offset,
            count <= output.count - end
        else { return false }
        let literals = block.span.extracting(offset..<offset + count)
        literals.withUnsafeBufferPointer { _ = output[end...].update(fromContentsOf: $0) }
        offset += count
        end += count
        guard offset < block.count, let length = readVarint(block, &offset),
            let distance = readVarint(block, &offset), length <= output.count - end,
            distance > 0, distance <= end
        else { return false }
        copyMatch(in: output, to: end, distance: distance, length)
        end += length
        return true
    }

    /// A match may overlap what it writes; then its bytes repeat.
    @inline(__always)
    private static func copyMatch(
        in output: UnsafeMutableBufferPointer<UInt8>,
        to end: Int,
        distance: Int,
        _ length: Int
    ) {
        guard let target = output.baseAddress?.advanced(by: end) else { return }
        if distance >= length {
            target.update(from: target - distance, count: length)
        } else {
            for index in 0..<length { target[index] = (target - distance)[index] }
        }
    }

    /// A number below 2^63; `nil` where the block does not have one there.
    private static func readVarint(_ block: [UInt8], _ offset: inout Int) -> Int? {
        var (number, shift) = (0, 0)
        while offset < block.count, shift < 63 {
            let byte = block[offset]
            offset += 1
            number |= Int(byte & 0x7F) << shift
            if byte < 0x80 { return number }
            shift += 7
        }
        return nil
    }
}

extension ByteCursor {
    /// Writes sixteen bytes, of which `byteCount` stay.
    @inline(__always)
    fileprivate mutating func words(_ first: UInt64, _ second: UInt64, byteCount: Int) {
        let target = UnsafeMutableRawPointer(next)
        target.storeBytes(of: first, as: UInt64.self)
        target.storeBytes(of: second, toByteOffset: 8, as: UInt64.self)
        advance(byteCount)
    }

    @inline(__always)
    fileprivate mutating func varint(_ number: Int) {
        var rest = number
        while rest >= 0x80 {
            byte(UInt8(truncatingIfNeeded: rest & 0x7F) | 0x80)
            rest >>= 7
        }
        byte(UInt8(truncatingIfNeeded: rest))
    }
}
