/// JSON values that are made ahead of any answer.
enum JSONEncoding {
    static func quoted(_ text: String?) -> [UInt8] {
        guard let text else { return Array("null".utf8) }
        let bound = text.utf8.count * ByteCursor.escapeBytesMax + 2
        return ByteCursor.bytes(bound: bound) { cursor in
            cursor.byte(UInt8(ascii: "\""))
            cursor.escaped(text.utf8.span)
            cursor.byte(UInt8(ascii: "\""))
        }
    }

    static func array(_ texts: [String]) -> [UInt8] {
        var bytes = [UInt8(ascii: "[")]
        for text in texts {
            if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
            bytes += quoted(text)
        }
        return bytes + [UInt8(ascii: "]")]
    }

    static func number(_ number: Int64?) -> [UInt8] {
        guard let number else { return Array("null".utf8) }
        return ByteCursor.bytes(bound: ByteCursor.numberBytesMax) { $0.number(number) }
    }
}

extension ByteCursor {
    /// What `write` writes, which must be `bound` bytes at most.
    static func bytes(bound: Int, _ write: (inout ByteCursor) -> Void) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: bound) { memory, count in
            guard let start = memory.baseAddress else { return }
            var cursor = ByteCursor(start)
            write(&cursor)
            count = cursor.next - start
            precondition(count <= bound, "a bound is the most that is written")
        }
    }
}
