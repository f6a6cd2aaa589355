/// What the parser knows about one distribution.
struct DistributionFacts {
    /// The canonical id; `nil` where only the family is certain.
    var id: String?
    var family: OperatingSystemFamily
    var versions: VersionScheme
    /// Major versions that can exist, with room for the future; other numbers are not versions.
    var majors: ClosedRange<Int>
    /// Largest minor version that may be joined by `-` or `_`, or glued to the major.
    var minorMax: Int
    /// Coarser names under which providers list this distribution.
    var mayBeCalled: [Distribution]

    /// How a distribution numbers its releases.
    enum VersionScheme {
        /// `7.9`; the zero of `7_06` is padding.
        case pair
        /// `3.2104`: as `.pair`, but the minor may have four digits.
        case pairWithLongMinor
        /// `22.04`: year and one of these months, the zero is part of it.
        case calendar(months: [Int])
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
