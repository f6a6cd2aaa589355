import ImageModel

/// What rows of a snapshot have in common, as JSON with its keys: made once, copied into every answer.
///
/// Combinations are of closed words or of few; texts that an upstream makes up stand alone, so that no mix
/// of long ones is ever multiplied.
struct RowFragments: Sendable {
    /// By place.
    let identities: Fragments
    /// By token: the parts of the operating system, the last with the key of the label.
    let families: TextTable
    let distributions: TextTable
    let versions: TextTable
    let traits: Fragments
    /// By profile.
    let traitsOfProfiles: [UInt32]
    /// By figures token.
    let figures: Fragments
    /// By source list.
    let sources: Fragments

    init(profiles: [Profile], columns: [ValueColumn], figures: Figures, sources lists: [[String]]) {
        func column(_ column: Profile.Column) -> ValueColumn { columns[column.rawValue] }
        identities = RowFragments.identities(profiles, column(.provider), column(.region))
        families = RowFragments.table(column(.family), after: ",\"os\":{\"family\":")
        distributions = RowFragments.table(column(.distribution), after: ",\"distribution\":")
        versions = RowFragments.table(
            column(.version),
            after: ",\"version\":",
            before: ",\"label\":"
        )
        (traits, traitsOfProfiles) = RowFragments.traits(profiles, columns)
        self.figures = RowFragments.figures(figures)
        var sources = Fragments([.sources])
        for list in lists { sources.append([JSONEncoding.array(list)]) }
        self.sources = sources
    }

    private static func table(
        _ column: ValueColumn,
        after head: StaticString,
        before tail: StaticString = ""
    ) -> TextTable {
        var table = TextTable()
        for text in column.texts {
            table.append(head.bytes + JSONEncoding.quoted(text) + tail.bytes)
        }
        return table
    }

    /// A place has one provider and one region, which every profile of it names.
    private static func identities(
        _ profiles: [Profile],
        _ providers: ValueColumn,
        _ regions: ValueColumn
    ) -> Fragments {
        var byPlace: [UInt32: Profile] = [:]
        for profile in profiles { byPlace[profile.place] = profile }
        var fragments = Fragments([.provider, .region])
        for (_, profile) in byPlace.sorted(by: { $0.key < $1.key }) {
            fragments.append([
                JSONEncoding.quoted(providers.texts[profile[.provider]]),
                JSONEncoding.quoted(regions.texts[profile[.region]]),
            ])
        }
        return fragments
    }

    private static func traits(
        _ profiles: [Profile],
        _ columns: [ValueColumn]
    ) -> (Fragments, [UInt32]) {
        let members = [Profile.Column.architecture, .visibility, .status, .bootMode]
        var fragments = Fragments([.architecture, .visibility, .status, .bootMode])
        var numbers: [[Int]: UInt32] = [:]
        let byProfile = profiles.map { profile in
            let tokens = members.map { profile[$0] }
            if let known = numbers[tokens] { return known }
            let values = zip(members, tokens).map { columns[$0.rawValue].texts[$1] }
            fragments.append(values.map(JSONEncoding.quoted))
            let number = UInt32(numbers.count)
            numbers[tokens] = number
            return number
        }
        return (fragments, byProfile)
    }

    private static func figures(_ figures: Figures) -> Fragments {
        var fragments = Fragments([.minDiskGB, .minRAMMB])
        for pair in figures.pairs {
            fragments.append([
                JSONEncoding.number(RowColumns.stated(pair.minDiskGB)),
                JSONEncoding.number(RowColumns.stated(pair.minRAMMB)),
            ])
        }
        return fragments
    }
}

extension StaticString {
    var bytes: [UInt8] {
        Array(UnsafeBufferPointer(start: utf8Start, count: utf8CodeUnitCount))
    }
}
