extension Snapshot {
    /// Keeps the rows in whose name, description, label, id or tags the word occurs. Each distinct text is
    /// looked at once.
    func restrict(_ set: inout RowSet, toWord word: [UInt8]) {
        let inName = names.flags(containing: word)
        let inDescription = descriptions.flags(containing: word)
        let inLabel = labels.flags(containing: word)
        let inTags = tagLists.flags(where: Array(tags.flags(containing: word).dropFirst()))
        set.filter { row in
            inName[Int(rows.names[row])]
                || inDescription[Int(rows.descriptions[row])]
                || inLabel[Int(rows.labels[row])]
                || inTags[Int(rows.tagLists[row])]
                || isInID(word, row)
        }
    }

    private func isInID(_ word: [UInt8], _ row: Int) -> Bool {
        var id: [UInt8] = []
        LowerCase.append(idBytes(row).span, to: &id)
        return SubstringSearch.occurs(word.span, in: id.span)
    }
}

extension SearchTable {
    /// By token, whether the lower-cased text contains the word.
    func flags(containing word: [UInt8]) -> [Bool] {
        flags { SubstringSearch.occurs(word.span, in: $0) }
    }
}
