internal import JSONText

/// What the members of a provider's records are for; several keys may mean the same.
protocol RecordMember: RawRepresentable<UInt8> {
    /// One that the sheet knows and nobody maps: it lives on in `raw`.
    static var unmapped: Self { get }
    static var unknown: Self { get }

    init(_ key: JSONKey)
}
