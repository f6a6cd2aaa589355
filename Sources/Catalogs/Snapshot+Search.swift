extension Snapshot {
    /// Below one row in so many, texts are looked at row by row and not all at once.
    private static let sparseness = 32

    /// Those of the rows in whose name, description, label, id or tags the word occurs. First come the texts
    /// of which there are few; the others are looked at for what is left.
    func rows(_ matches: RowMatches, containing word: [UInt8]) -> RowMatches {
        if matches.count == 0 { return .none }
        var found = RowSet(rowCount: count)
        insertRows(withFewTextsContaining: word, into: &found)
        let rest = matches.filtered(by: found.complement, rowCount: count)
        if rest.count * Snapshot.sparseness < count {
            let lowered = loweredTexts
            rest.forEach { if lowered.contains(word, row: $0) { found.insert($0) } }
        } else {
            let rows = searchedRows
            rows.names.insert(names.tokens(containing: word), into: &found)
            rows.descriptions.insert(descriptions.tokens(containing: word), into: &found)
            insertRows(withNativeIDContaining: word, into: &found)
        }
        return matches.filtered(by: found, rowCount: count)
    }

    private func insertRows(withFewTextsContaining word: [UInt8], into found: inout RowSet) {
        searchedRows.labels.insert(labels.tokens(containing: word), into: &found)
        let tags = Set(tagLists.tags.tokens(containing: word))
        if !tags.isEmpty { tagLists.insertRows(into: &found) { tags.contains($0 + 1) } }
        insertRows(withPlaceMeeting: word, into: &found)
    }

    private func insertRows(withNativeIDContaining word: [UInt8], into found: inout RowSet) {
        if !nativeIDAlphabet.canSpell(word) { return }
        (nativeIDsLowered ?? nativeIDs.texts).forEach(containing: word) { found.insert($0) }
    }

    /// An id is its place and the provider's own id; here the word lies in the place or across both.
    private func insertRows(withPlaceMeeting word: [UInt8], into found: inout RowSet) {
        let places = (0..<places.count).map { PlaceMatch(self.places[$0], word) }
        if places.contains(where: \.isInside) {
            let byProfile = profiles.map { places[Int($0.place)].isInside }
            TokenFlags(flags: byProfile).insert(rows.profiles, into: &found)
        }
        if !places.contains(where: { !$0.rests.isEmpty }) { return }
        let nativeIDs = nativeIDsLowered ?? nativeIDs.texts
        for row in 0..<count {
            for rest in places[Int(profile(row).place)].rests
            where nativeIDs[row].starts(with: rest) {
                found.insert(row)
            }
        }
    }

    private var loweredTexts: LoweredTexts {
        LoweredTexts(
            rows: rows,
            names: names.lowered,
            descriptions: descriptions.lowered,
            nativeIDs: nativeIDsLowered ?? nativeIDs.texts
        )
    }
}

/// The texts of rows that differ from row to row.
private struct LoweredTexts {
    let rows: RowColumns
    let names: TextTable
    let descriptions: TextTable
    let nativeIDs: TextTable

    func contains(_ word: [UInt8], row: Int) -> Bool {
        let description = Int(rows.descriptions[row])
        return names.contains(word, in: Int(rows.names[row]) - 1)
            || nativeIDs.contains(word, in: row)
            || description > 0 && descriptions.contains(word, in: description - 1)
    }
}

extension RowMatches {
    /// Those that are in the set too.
    fileprivate func filtered(by set: RowSet, rowCount: Int) -> RowMatches {
        var filter = RowFilter(rowCount: rowCount)
        if case .some(let own, _) = self { filter.keep(own) }
        filter.keep(set)
        return filter.matches()
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
        isInside = SubstringSearch.contains(lowered.span, word)
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
