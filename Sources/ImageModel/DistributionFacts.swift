/// What the parser knows about one distribution. Holds no references, so that looking something up
/// counts none.
struct DistributionFacts {
    /// The canonical id; `nil` where only the family is certain.
    var id: StaticString?
    var family: OperatingSystemFamily
    var versions: VersionScheme
    /// Major versions that can exist, with room for the future; other numbers are not versions.
    var majors: ClosedRange<Int>
    /// Largest minor version that may be joined by `-` or `_`, or glued to the major.
    var minorMax: Int
    /// Coarser names under which providers list this distribution.
    var mayBeCalled: DistributionSet

    /// How a distribution numbers its releases.
    enum VersionScheme {
        /// `7.9`; the zero of `7_06` is padding.
        case pair
        /// `3.2104`: as `.pair`, but the minor may have four digits.
        case pairWithLongMinor
        /// `22.04`: year and one of these months, the zero is part of it.
        case calendar(months: MonthSet)
        /// `37`: whatever follows is a build.
        case majorOnly
        /// `2`, `2023`, but `2018.03`.
        case amazon
        /// `12 SP5` is `12.5`.
        case servicePack
        /// Windows has its own reader.
        case windows
        /// No versions at all.
        case rolling
    }
}

/// Distributions, one bit each.
struct DistributionSet {
    private var bits: UInt128 = 0

    init(_ members: [Distribution]) {
        for member in members { bits |= 1 << UInt128(member.rawValue) }
    }

    func contains(_ member: Distribution) -> Bool { bits >> UInt128(member.rawValue) & 1 == 1 }
}

/// Months of a year, one bit each.
struct MonthSet: ExpressibleByArrayLiteral {
    private var bits: UInt16 = 0

    init(arrayLiteral months: Int...) {
        for month in months where (1...12).contains(month) { bits |= 1 << UInt16(month) }
    }

    func contains(_ month: Int) -> Bool {
        (1...12).contains(month) && bits >> UInt16(month) & 1 == 1
    }
}
