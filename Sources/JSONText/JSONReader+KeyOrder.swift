extension JSONReader {
    /// As `nextKey()`, in an object of a list: the number that `order` has for the next member's key, or `nil` once
    /// the object is closed. `number` is asked for a key that is not where it is expected.
    @inlinable @inline(__always)
    public mutating func nextKey(
        _ order: inout KeyOrder,
        _ number: (JSONKey) -> UInt8
    ) throws(JSONError) -> UInt8? {
        if expectsFirst { order.next = 0 }
        if let known = knownKey(&order) { return known }
        guard let key = try readKey() else { return nil }
        let meaning = number(key)
        order.add(key, number: meaning)
        return meaning
    }

    /// The number of the next key, if it is one that is expected and written without blanks.
    @inlinable @inline(__always)
    mutating func knownKey(_ order: inout KeyOrder) -> UInt8? {
        let quote = expectsFirst ? cursor : cursor &+ 1
        // All that is looked at from here on is before the end.
        guard quote &+ 1 &+ KnownKey.byteCountMax <= text.count,
            expectsFirst || text.start[cursor] == UInt8(ascii: ","),
            text.start[quote] == UInt8(ascii: "\""),
            let key = order.key(at: text.start + (quote &+ 1))
        else { return nil }
        expectsFirst = false
        keyStart = quote
        cursor = quote &+ key.byteCount &+ 3
        return key.number
    }
}
