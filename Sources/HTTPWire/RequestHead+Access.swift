extension RequestHead {
    /// Compares the method without a copy; methods are case-sensitive (RFC 9110 §9.1).
    public func methodIs(_ name: StaticString) -> Bool {
        equals(method, name)
    }

    public var methodText: String { text(method) }

    /// The target in origin form, still percent-encoded.
    public var targetText: String { text(target) }

    /// Runs `body` on the raw target without a copy.
    public func withTarget<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
        body(bytes.span.extracting(target))
    }

    /// Where the value of the first field of that lower-case name stands in `bytes`; `nil` without
    /// one. O(fields).
    public func value(of name: StaticString) -> Range<Int>? {
        for field in fields where equalsIgnoringCase(field.name, name) { return field.value }
        return nil
    }

    /// How many lines of that lower-case name there are.
    public func count(of name: StaticString) -> Int {
        var count = 0
        for field in fields where equalsIgnoringCase(field.name, name) { count += 1 }
        return count
    }

    /// The value of the first field of that lower-case name as text; `nil` without one.
    public func valueText(of name: StaticString) -> String? {
        value(of: name).map { text($0) }
    }

    /// Whether the first field of that lower-case name has exactly this value, byte for byte.
    public func value(of name: StaticString, is expected: StaticString) -> Bool {
        value(of: name).map { equals($0, expected) } ?? false
    }

    /// Text of a range of `bytes`; bytes that are not UTF-8 are replaced.
    public func text(_ range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }

    /// Compares a range of `bytes` with ASCII text, case included.
    public func equals(_ range: Range<Int>, _ expected: StaticString) -> Bool {
        guard range.count == expected.utf8CodeUnitCount else { return false }
        let span = bytes.span
        for offset in 0..<range.count
        where span[range.lowerBound + offset] != expected.utf8Start[offset] {
            return false
        }
        return true
    }

    /// Compares a range of `bytes` with lower-case ASCII text, ignoring the case of the former.
    public func equalsIgnoringCase(_ range: Range<Int>, _ expected: StaticString) -> Bool {
        bytes.span.equalsIgnoringCase(range, expected)
    }

    /// The head as a request without content; names in lower case.
    public func request(body: [UInt8] = []) -> HTTPRequest {
        HTTPRequest(
            method: methodText,
            target: targetText,
            fields: fields.map { HTTPField(lowercasedText($0.name), text($0.value)) },
            body: body,
            peer: peer,
        )
    }

    private func lowercasedText(_ range: Range<Int>) -> String {
        String(unsafeUninitializedCapacity: range.count) { storage in
            for offset in 0..<range.count {
                storage[offset] = bytes[range.lowerBound + offset].lowercased
            }
            return range.count
        }
    }
}

extension Span<UInt8> {
    /// `expected` is lower-case ASCII.
    @inline(__always)
    public func equalsIgnoringCase(_ range: Range<Int>, _ expected: StaticString) -> Bool {
        guard range.count == expected.utf8CodeUnitCount else { return false }
        for offset in 0..<range.count
        where self[range.lowerBound + offset].lowercased != expected.utf8Start[offset] {
            return false
        }
        return true
    }

    /// `range` without leading and trailing SP and HTAB.
    @inline(__always)
    public func trimmed(_ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, self[start].isBlank { start += 1 }
        while end > start, self[end - 1].isBlank { end -= 1 }
        return start..<end
    }
}
