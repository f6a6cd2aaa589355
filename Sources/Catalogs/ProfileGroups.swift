import ImageModel

/// Which profiles of several snapshots agree in some fields.
struct ProfileGroups {
    private let snapshots: [Snapshot]
    /// By snapshot and profile: equal numbers for equal values.
    private(set) var groups: [[Int]]
    /// Groups have numbers below this.
    private var bound = 1

    init(_ snapshots: [Snapshot]) {
        self.snapshots = snapshots
        groups = snapshots.map { Array(repeating: 0, count: $0.profiles.count) }
    }

    /// Divides every group by the values of one more field.
    mutating func divide(by field: ImageField) {
        var numbers: [String: Int] = [:]
        let byProfile = snapshots.map { snapshot in
            let byToken = ProfileGroups.labels(field, snapshot).map { label in
                let number = numbers[label] ?? numbers.count
                numbers[label] = number
                return number
            }
            return snapshot.profiles.map { byToken[ProfileGroups.token(field, $0)] }
        }
        if bound.multipliedReportingOverflow(by: numbers.count).overflow { _ = renumber() }
        for (index, values) in byProfile.enumerated() {
            for (profile, value) in values.enumerated() {
                groups[index][profile] = groups[index][profile] * numbers.count + value
            }
        }
        bound *= numbers.count
    }

    /// Makes the numbers of the groups small, and says below what they are.
    mutating func renumber() -> Int {
        if bound <= 65_536 { return bound }
        var numbers: [Int: Int] = [:]
        for index in groups.indices {
            for profile in groups[index].indices {
                let number = numbers[groups[index][profile]] ?? numbers.count
                numbers[groups[index][profile]] = number
                groups[index][profile] = number
            }
        }
        bound = numbers.count
        return bound
    }

    private static func labels(_ field: ImageField, _ snapshot: Snapshot) -> [String] {
        guard let column = field.column.map(snapshot.column) else {
            return snapshot.sourceLists.map { $0.first ?? "" }
        }
        return column.texts.indices.map(column.label)
    }

    private static func token(_ field: ImageField, _ profile: Profile) -> Int {
        field.column.map { profile[$0] } ?? Int(profile.sources)
    }
}
