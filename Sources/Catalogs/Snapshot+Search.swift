extension Snapshot {
    /// Keeps the rows in whose name, description, label, id or tags the word occurs. Each distinct text is
    /// looked at once.
    func restrict(_ set: inout RowSet, toWord word: [UInt8]) {
        var found = rowsWithID(containing: word)
        names.flags(containing: word)?.insert(rows.names, into: &found)
        descriptions.flags(containing: word)?.insert(rows.descriptions, into: &found)
        labels.flags(containing: word)?.insert(rows.labels, into: &found)
        if let tags = tags.flags(containing: word) {
            let lists = tagLists.flags { tags.flags[$0 + 1] }
            TokenFlags(flags: lists).insert(rows.tagLists, into: &found)
        }
        set.formIntersection(found)
    }

    /// An id is its place and the provider's own id; only a word with a colon can lie across both.
    private func rowsWithID(containing word: [UInt8]) -> RowSet {
        var found = RowSet(rowCount: count)
        if word.contains(UInt8(ascii: ":")) {
            for row in 0..<count where isInID(word, row) { found.insert(row) }
            return found
        }
        loweredNativeIDs.forEach(containing: word) { found.insert($0) }
        let inPlace = (0..<places.count).map { isIn(places[$0], word) }
        if inPlace.contains(true) {
            let byProfile = profiles.map { inPlace[Int($0.place)] }
            TokenFlags(flags: byProfile).insert(rows.profiles, into: &found)
        }
        return found
    }

    private func isInID(_ word: [UInt8], _ row: Int) -> Bool {
        isIn(idBytes(row)[...], word)
    }

    private func isIn(_ text: ArraySlice<UInt8>, _ word: [UInt8]) -> Bool {
        var lowered: [UInt8] = []
        LowerCase.append(text.span, to: &lowered)
        return SubstringSearch.contains(lowered, word)
    }

    /// Nearly all ids are in lower case already.
    private var loweredNativeIDs: TextTable { nativeIDsLowered ?? rows.nativeIDs }
}

/// Which tokens of a column are meant.
struct TokenFlags {
    var flags: [Bool]

    func insert(_ tokens: [UInt32], into set: inout RowSet) {
        for row in tokens.indices where flags[Int(tokens[row])] { set.insert(row) }
    }
}

extension SearchTable {
    /// By token, whether the lower-cased text contains the word; `nil` when none does.
    func flags(containing word: [UInt8]) -> TokenFlags? {
        var result: TokenFlags?
        lowered.forEach(containing: word) { index in
            if result == nil {
                result = TokenFlags(flags: Array(repeating: false, count: count + 1))
            }
            result?.flags[index + 1] = true
        }
        return result
    }
}
