/// Which members of an image are written. `id` always is; the order is that of the API.
public struct FieldSelection: Sendable, Hashable {
    /// Every member but `raw`.
    public static let all = FieldSelection(Set(Member.allCases).subtracting([.raw]))

    private let bits: UInt32

    /// In the order of the answer. Raw values are the words of the public API.
    public enum Member: String, Sendable, Hashable, CaseIterable {
        case id, provider, region
        case nativeID = "native_id"
        case name, description, os, architecture, visibility, status
        case bootMode = "boot_mode"
        case sizeBytes = "size_bytes"
        case minDiskGB = "min_disk_gb"
        case minRAMMB = "min_ram_mb"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
        case tags, sources
        /// The provider's own object, or null where there is none.
        case raw
    }

    /// Words that are no member, in the order in which they were written.
    public struct UnknownMembers: Error, Sendable, Hashable, CustomStringConvertible {
        public var names: [String]

        public init(names: [String]) {
            self.names = names
        }

        public var description: String {
            let members = Member.allCases.map(\.rawValue).joined(separator: ", ")
            return "not a member: '\(names.joined(separator: "', '"))'; use \(members)"
        }
    }

    /// The members named, and `id`.
    public init(_ members: Set<Member>) {
        bits = members.reduce(FieldSelection.bit(.id)) { $0 | FieldSelection.bit($1) }
    }

    /// The members named and no other: part of a row.
    init(exactly members: [Member]) {
        bits = members.reduce(0) { $0 | FieldSelection.bit($1) }
    }

    private init(bits: UInt32) {
        self.bits = bits
    }

    func intersection(_ other: FieldSelection) -> FieldSelection {
        FieldSelection(bits: bits & other.bits)
    }

    /// Reads `name,os,raw`; blanks around a word are ignored.
    public init(parsing text: some StringProtocol) throws(UnknownMembers) {
        var members: Set<Member> = []
        var unknown: [String] = []
        for item in text.split(separator: ",", omittingEmptySubsequences: false) {
            let word = String(item.filter { $0 != " " })
            if let member = Member(rawValue: word) {
                members.insert(member)
            } else {
                unknown.append(word)
            }
        }
        if !unknown.isEmpty { throw UnknownMembers(names: unknown) }
        self.init(members)
    }

    public func contains(_ member: Member) -> Bool {
        bits & FieldSelection.bit(member) != 0
    }

    private static func bit(_ member: Member) -> UInt32 {
        switch member {
        case .id: 1 << 0
        case .provider: 1 << 1
        case .region: 1 << 2
        case .nativeID: 1 << 3
        case .name: 1 << 4
        case .description: 1 << 5
        case .os: 1 << 6
        case .architecture: 1 << 7
        case .visibility: 1 << 8
        case .status: 1 << 9
        case .bootMode: 1 << 10
        case .sizeBytes: 1 << 11
        case .minDiskGB: 1 << 12
        case .minRAMMB: 1 << 13
        case .createdAt: 1 << 14
        case .updatedAt: 1 << 15
        case .tags: 1 << 16
        case .sources: 1 << 17
        case .raw: 1 << 18
        }
    }
}
