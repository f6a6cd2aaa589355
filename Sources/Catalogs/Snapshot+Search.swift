extension Snapshot {
    /// Below one row in so many, the texts of those rows are looked at, and not all texts in one sweep.
    private static let sparseness = 3

    /// Those of the rows in whose name, description, label, id or tags the word occurs. First come the texts
    /// of which there are few; the others are looked at for what is left.
    func rows(_ matches: RowMatches, containing word: [UInt8]) -> RowMatches {
        if matches.count == 0 { return .none }
        var found = RowSet(rowCount: count)
        insertRows(withFewTextsContaining: word, into: &found)
        let rest = matches.filtered(by: found.complement, rowCount: count)
        if case .some(let few, _) = rest, rest.count * Snapshot.sparseness < count {
            insertRows(few, withTextContaining: word, into: &found)
        } else if rest.count > 0 {
            let rows = searchedRows
            rows.names.insert(names.tokens(containing: word), into: &found)
            rows.descriptions.insert(descriptions.tokens(containing: word), into: &found)
            insertRows(withNativeIDContaining: word, into: &found)
        }
        return matches.filtered(by: found, rowCount: count)
    }

    /// Texts stand in memory by token, so it is by token that they are looked at.
    private func insertRows(
        _ few: RowSet,
        withTextContaining word: [UInt8],
        into found: inout RowSet
    ) {
        guard let needle = SubstringNeedle(word) else { return }
        let searched = searchedRows
        let someNames = few.renumbered(rows.names, count: names.count + 1)
        searched.names.insert(names.tokens(someNames, containing: needle), into: &found)
        let some = few.renumbered(rows.descriptions, count: descriptions.count + 1)
        searched.descriptions.insert(descriptions.tokens(some, containing: needle), into: &found)
        if !nativeIDAlphabet.canSpell(word) { return }
        let nativeIDs = loweredNativeIDs
        few.forEach { if nativeIDs.contains(needle, in: $0) { found.insert($0) } }
    }

    private func insertRows(withFewTextsContaining word: [UInt8], into found: inout RowSet) {
        searchedRows.labels.insert(labels.tokens(containing: word), into: &found)
        let tags = Set(tagLists.tags.tokens(containing: word))
        if !tags.isEmpty { tagLists.insertRows(into: &found) { tags.contains($0 + 1) } }
        insertRows(withPlaceMeeting: word, into: &found)
    }

    private func insertRows(withNativeIDContaining word: [UInt8], into found: inout RowSet) {
        if !nativeIDAlphabet.canSpell(word) { return }
        loweredNativeIDs.forEach(containing: word) { found.insert($0) }
    }

    /// An id is its place and the provider's own id; here the word lies in the place or across both.
    private func insertRows(withPlaceMeeting word: [UInt8], into found: inout RowSet) {
        let places = (0..<places.count).map { PlaceMatch(self.places[$0], word) }
        if places.contains(where: \.isInside) {
            let byProfile = profiles.map { places[Int($0.place)].isInside }
            TokenFlags(flags: byProfile).insert(rows.profiles, into: &found)
        }
        if !places.contains(where: { !$0.rests.isEmpty }) { return }
        let nativeIDs = loweredNativeIDs
        for row in 0..<count {
            for rest in places[Int(profile(row).place)].rests
            where nativeIDs[row].starts(with: rest) {
                found.insert(row)
            }
        }
    }

    private var loweredNativeIDs: TextTable { nativeIDsLowered ?? nativeIDs.texts }
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
