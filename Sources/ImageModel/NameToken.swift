/// One word or number of a name, without its text: the lexicon knows what the word is for.
struct NameToken {
    var role: NameRole
    var gap: NameGap
    var digitCount: UInt8 = 0
    /// The lexicon's number of the word; 0 for words it does not hold.
    var word: UInt16 = 0
    /// The value of a number, capped far above any version.
    var value: Int32 = 0

    /// What larger numbers count as.
    static let numberMax = 9_999_999

    var number: Int { Int(value) }
}

/// What stands between a token and the one before it.
enum NameGap: UInt8 {
    /// Nothing at all, as between the parts of `win2019`.
    case glued
    case dot, dash, underscore
    /// Blanks, other marks, several marks, or the start of the text.
    case wide

    /// Marks that are equal between the components of a version.
    var joinsVersion: Bool { self == .dot || self == .dash || self == .underscore }
}

/// What a token is for in the search for system, version and architecture.
enum NameRole: UInt8 {
    case number
    /// A number that certainly is no version: dates, sizes, builds.
    case cut
    /// Part of an architecture already read.
    case architecture
    /// A word of a distribution's name.
    case name
    /// A word that may stand between a distribution and its version: `server`, `release`.
    case part
    case linux, server, stream
    /// A word about the image, not about the system: `golden`, `base`.
    case filler
    /// Software with a version of its own, which the next number is: `kernel`, `sql`.
    case product
    /// A release's name: `jammy`.
    case codename
    /// Turns `debian-like` into something that is not Debian.
    case likeness
    /// A unit that makes the number before it a size: `20G`.
    case unit
    /// The word `bit` in any language.
    case bit
    case x, v, r, u, k, i, amd, arm, aarch, armv, s
    case servicePack
    /// Processors outside the vocabulary.
    case foreignProcessor
    case unknown
}

/// Which roles the tokens of a text have, so that what cannot be there is not looked for.
struct NameRoles {
    private var bits: UInt64 = 0

    private static let processors =
        bit(.x) | bit(.amd) | bit(.aarch) | bit(.arm) | bit(.armv) | bit(.i) | bit(.s)
        | bit(.foreignProcessor) | bit(.bit)

    /// Whether one of the words is part of a processor's name, or a number is a word size.
    var mayNameProcessor: Bool { bits & NameRoles.processors != 0 }

    func contains(_ role: NameRole) -> Bool { bits & NameRoles.bit(role) != 0 }

    @inline(__always)
    mutating func insert(_ role: NameRole) { bits |= NameRoles.bit(role) }

    @inline(__always)
    mutating func insert(number: Int32) {
        insert(number == 64 || number == 32 ? .bit : .number)
    }

    private static func bit(_ role: NameRole) -> UInt64 { 1 &<< UInt64(role.rawValue) }
}
