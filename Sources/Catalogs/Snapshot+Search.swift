extension Snapshot {
    /// Keeps the rows in whose name, description, label, id or tags the word occurs. Each distinct text is
    /// looked at once.
    func keep(_ filter: inout RowFilter, word: [UInt8]) {
        var found = rowsWithID(containing: word)
        names.flags(containing: word)?.insert(rows.names, into: &found)
        descriptions.flags(containing: word)?.insert(rows.descriptions, into: &found)
        labels.flags(containing: word)?.insert(rows.labels, into: &found)
        if let tags = tagLists.tags.flags(containing: word) {
            tagLists.insertRows(into: &found) { tags.flags[$0 + 1] }
        }
        filter.keep(found)
    }

    /// An id is its place and the provider's own id; the word lies in one of them or across both.
    private func rowsWithID(containing word: [UInt8]) -> RowSet {
        var found = RowSet(rowCount: count)
        let nativeIDs = nativeIDsLowered ?? nativeIDs.texts
        if nativeIDAlphabet.canSpell(word) {
            nativeIDs.forEach(containing: word) { found.insert($0) }
        }
        let places = (0..<places.count).map { PlaceMatch(self.places[$0], word) }
        if places.contains(where: \.isInside) {
            let byProfile = profiles.map { places[Int($0.place)].isInside }
            TokenFlags(flags: byProfile).insert(rows.profiles, into: &found)
        }
        if places.contains(where: { !$0.rests.isEmpty }) {
            for row in 0..<count {
                for rest in places[Int(profile(row).place)].rests
                where nativeIDs[row].starts(with: rest) {
                    found.insert(row)
                }
            }
        }
        return found
    }
}

/// How a word meets a place, `provider:region:`.
private struct PlaceMatch {
    let isInside: Bool
    /// What is left of the word behind the end of the place, for each way to begin in it.
    let rests: [ArraySlice<UInt8>]

    init(_ place: ArraySlice<UInt8>, _ word: [UInt8]) {
        var lowered: [UInt8] = []
        LowerCase.append(place.span, to: &lowered)
        isInside = SubstringSearch.contains(lowered, word)
        rests = (1..<max(1, word.count)).filter { count in
            lowered.count >= count && lowered.suffix(count).elementsEqual(word.prefix(count))
        }
        .map { word[$0...] }
    }
}

/// Which tokens of a column are meant.
struct TokenFlags {
    var flags: [Bool]

    /// Without a branch per row: half of them would be guessed wrong.
    func insert(_ tokens: [UInt32], into set: inout RowSet) {
        flags.withUnsafeBufferPointer { flags in
            tokens.withUnsafeBufferPointer { tokens in
                set.formUnion { flags[Int(tokens[$0])] }
            }
        }
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
