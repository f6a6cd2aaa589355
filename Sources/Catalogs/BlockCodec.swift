/// Compresses blocks of similar texts by references to earlier bytes (LZ77). A block is a row of sequences:
/// a varint of literals, the literals, a varint of matched bytes, a varint of the distance back; the last
/// sequence has literals alone. Objects of one upstream repeat their keys and links, so a block shrinks to
/// what is new in each of them, at a small part of deflate's cost.
enum BlockCodec {
    private static let matchBytesMin = 5
    private static let tableBits: UInt64 = 13

    /// Blocks never leave the process, so `expanded` reads only what this wrote.
    static func compressed(_ block: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(block.count / 4)
        var table = [Int32](repeating: -1, count: 1 << Int(tableBits))
        // Loads of eight bytes end within the block: the loop stops eight bytes before its end.
        block.withUnsafeBytes { bytes in
            var (offset, literalStart) = (0, 0)
            while offset + 8 <= bytes.count {
                let word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self).littleEndian
                let slot = Int((word << 24 &* 0x9E37_79B1_85EB_CA87) >> (64 - tableBits))
                let candidate = Int(table[slot])
                table[slot] = Int32(truncatingIfNeeded: offset)
                let length = candidate < 0 ? 0 : matchLength(bytes, candidate, offset)
                if length < matchBytesMin {
                    offset += 1
                    continue
                }
                appendLiterals(bytes, literalStart..<offset, to: &output)
                appendVarint(length, to: &output)
                appendVarint(offset - candidate, to: &output)
                offset += length
                literalStart = offset
            }
            appendLiterals(bytes, literalStart..<bytes.count, to: &output)
        }
        return output
    }

    static func expanded(_ block: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(block.count * 6)
        var offset = 0
        while offset < block.count {
            let literalCount = readVarint(block, &offset)
            output += block[offset..<offset + literalCount]
            offset += literalCount
            if offset == block.count { break }
            let length = readVarint(block, &offset)
            let start = output.count - readVarint(block, &offset)
            if start + length <= output.count {
                output += output[start..<start + length]
            } else {
                // The match overlaps what it writes.
                for index in start..<start + length { output.append(output[index]) }
            }
        }
        return output
    }

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

    private static func appendLiterals(
        _ bytes: UnsafeRawBufferPointer,
        _ range: Range<Int>,
        to output: inout [UInt8]
    ) {
        appendVarint(range.count, to: &output)
        output.append(contentsOf: bytes[range])
    }

    private static func appendVarint(_ number: Int, to output: inout [UInt8]) {
        var rest = number
        while rest >= 0x80 {
            output.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        output.append(UInt8(rest))
    }

    private static func readVarint(_ block: [UInt8], _ offset: inout Int) -> Int {
        var (number, shift) = (0, 0)
        while true {
            let byte = block[offset]
            offset += 1
            number |= Int(byte & 0x7F) << shift
            if byte < 0x80 { return number }
            shift += 7
        }
    }
}
