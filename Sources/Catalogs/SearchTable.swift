/// Distinct texts and their lower-cased forms, found by token: 0 is no text at all, 1 the first.
struct SearchTable: Sendable {
    private let json: JSONTexts
    let lowered: TextTable

    /// `earlier` has the first of the texts.
    init(_ texts: TextTable, after earlier: SearchTable? = nil) {
        json = JSONTexts(texts, after: earlier?.json)
        lowered = texts.lowerCased(after: earlier?.lowered ?? TextTable())
    }

    var texts: TextTable { json.texts }

    var count: Int { texts.count }

    func byteCount(_ token: UInt32) -> Int {
        token == 0 ? 0 : texts.range(Int(token) - 1).count
    }

    func string(_ token: UInt32) -> String? {
        token == 0 ? nil : texts.string(Int(token) - 1)
    }

    /// Bytes that a text takes at most as JSON, quotes included.
    @inline(__always)
    func bound(_ token: UInt32) -> Int {
        token == 0 ? 4 : json.bound(Int(token) - 1) + 2
    }

    /// Writes a text in quotes, or null.
    @inline(__always)
    func write(_ token: UInt32, to cursor: inout ByteCursor) {
        if token == 0 {
            cursor.copy("null")
        } else {
            cursor.byte(UInt8(ascii: "\""))
            json.write(Int(token) - 1, to: &cursor)
            cursor.byte(UInt8(ascii: "\""))
        }
    }

    /// The lower-cased text; the token is not 0.
    func loweredBytes(_ token: UInt32) -> ArraySlice<UInt8> { lowered[Int(token) - 1] }

    /// Of the lower-cased texts that match one of the patterns, perhaps more than once. Only texts that contain
    /// a pattern's longest literal part are held against it.
    func tokens(matching patterns: [NamePattern]) -> [Int] {
        var tokens: [Int] = []
        for pattern in patterns {
            func visit(_ index: Int) {
                if pattern.matches(lowered.bytes.span.extracting(lowered.range(index))) {
                    tokens.append(index + 1)
                }
            }
            if pattern.literal.isEmpty {
                for index in 0..<texts.count { visit(index) }
            } else {
                lowered.forEach(containing: pattern.literal, visit)
            }
        }
        return tokens
    }

    /// Of the lower-cased texts that contain the word.
    func tokens(containing word: [UInt8]) -> [Int] {
        var tokens: [Int] = []
        lowered.forEach(containing: word) { tokens.append($0 + 1) }
        return tokens
    }

    /// The same among some tokens.
    func tokens(_ some: RowSet, containing word: SubstringNeedle) -> [Int] {
        let lowered = lowered
        var tokens: [Int] = []
        some.forEach { token in
            if token > 0, lowered.contains(word, in: token - 1) { tokens.append(token) }
        }
        return tokens
    }
}
