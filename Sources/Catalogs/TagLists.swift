/// Distinct tag lists over distinct tags, and the rows of each; list 0 is empty.
struct TagLists: Sendable {
    /// Token 1 is tag 0.
    let tags: SearchTable
    /// By list: the numbers of its tags, four bytes each.
    let lists: TextTable
    private let rows: ValueRows

    /// `tokens` has the number of a list for each row.
    init(tags: TextTable, lists: TextTable, tokens: [UInt32]) {
        self.tags = SearchTable(tags)
        self.lists = lists
        rows = ValueRows(tokens: tokens, tokenCount: lists.count)
    }

    func strings(_ list: UInt32) -> [String] {
        var strings: [String] = []
        forEachTag(of: list) { strings.append(tags.texts.string(Int($0))) }
        return strings
    }

    @inline(__always)
    func forEachTag(of list: UInt32, _ body: (_ tag: UInt32) -> Void) {
        let bytes = lists.bytes.span.bytes
        let range = lists.range(Int(list))
        for offset in stride(from: range.lowerBound, to: range.upperBound, by: 4) {
            body(bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self))
        }
    }

    /// Keeps only rows with a tag that passes.
    func keep(in filter: inout RowFilter, where isIncluded: (Span<UInt8>) -> Bool) {
        let texts = tags.texts
        let flags = (0..<texts.count).map { tag in
            isIncluded(texts.bytes.span.extracting(texts.range(tag)))
        }
        rows.keep(lists { flags[$0] }, in: &filter)
    }

    /// The rows with a tag that passes.
    func insertRows(into set: inout RowSet, where isIncluded: (_ tag: Int) -> Bool) {
        rows.insert(lists(where: isIncluded), into: &set)
    }

    private func lists(where isIncluded: (_ tag: Int) -> Bool) -> [Int] {
        (0..<lists.count).filter { list in
            var isFound = false
            forEachTag(of: UInt32(list)) { if !isFound { isFound = isIncluded(Int($0)) } }
            return isFound
        }
    }
}

/// Gives equal tags and equal lists of them one number.
struct TagListInterner: Sendable {
    private(set) var tags = TextInterner()
    private(set) var lists = TextInterner()

    init() {
        _ = lists.number(of: [UInt8]().span)
    }

    mutating func number(of list: [String]) -> UInt32 {
        if list.isEmpty { return 0 }
        let tokens = list.map { UInt32(tags.number(of: $0)) }
        return tokens.withUnsafeBytes { bytes in
            UInt32(lists.number(of: bytes.bindMemory(to: UInt8.self).span))
        }
    }
}
