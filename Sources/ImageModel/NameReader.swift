/// Reads what one text says about system, version and architecture. The buffers are kept from
/// text to text, because a catalogue has a million names.
struct NameReader: ~Copyable {
    /// Bytes of a text that are read.
    static let textBytesMax = 512

    let lexicon: NameLexicon
    var tokens = NameTokens()
    var mentions: [SystemMention] = []
    /// Of the tokens as they were read.
    var roles = NameRoles()
    /// Whether a number that looks like a serial number was weighed as a version since this was last cleared.
    var usesSerials = false

    init(lexicon: NameLexicon = .standard) {
        self.lexicon = lexicon
        mentions.reserveCapacity(8)
    }

    mutating func read(_ text: String) -> NameReading {
        tokenize(text)
        guard !tokens.isEmpty else { return NameReading() }
        cutForeignNumbers()
        var reading = NameReading(architecture: readArchitecture())
        findMentions()
        reading.saysLinux = roles.contains(.linux)
        guard let claim = bestClaim() else { return reading }
        // "windows-to-linux" and the like say both, and therefore nothing.
        if claim.system == .someWindows, reading.saysLinux {
            reading.saysLinux = false
            return reading
        }
        reading.system = claim.system
        reading.release = claim.release
        return reading
    }

    /// The version that `text` states of a system it does not name, as in a version field.
    mutating func readRelease(_ text: String, of system: Distribution) -> SystemClaim? {
        tokenize(text)
        cutForeignNumbers()
        _ = readArchitecture()
        forgetMentions()
        let claim = claim(of: system, from: 0)
        return claim.release == nil ? nil : claim
    }

    /// The first number of a version field, whatever system it is of: `3.7` of `v3.7.12`.
    mutating func readPlainRelease(_ text: String) -> ReleaseNumber? {
        tokenize(text)
        cutForeignNumbers()
        guard let index = tokens.indices.first(where: { tokens[$0].role == .number }) else {
            return nil
        }
        let major = tokens[index].number
        guard index + 1 < tokens.count, tokens[index + 1].role == .number,
            tokens[index + 1].gap.joinsVersion
        else { return ReleaseNumber(major: major) }
        let (minor, digitCount) = (tokens[index + 1].number, Int(tokens[index + 1].digitCount))
        return ReleaseNumber(major: major, minor: minor, minorDigitCount: digitCount)
    }

    /// The version in the text just read, when it holds nothing but words about the system, as in
    /// DigitalOcean's `22.04 (LTS) x64`.
    mutating func bareRelease(of system: Distribution) -> SystemClaim? {
        guard isBare else { return nil }
        let claim = claim(of: system, from: 0)
        return claim.release == nil ? nil : claim
    }

    /// Whether the text just read holds nothing but words about a system.
    var isBare: Bool { tokens.indices.allSatisfy { tokens[$0].role.isAboutSystem } }
}

/// What one text says.
struct NameReading {
    var system: Distribution?
    var release: ReleaseNumber?
    var architecture = ArchitectureClaim()
    var saysLinux = false
}

/// A system, and its version where one is stated.
struct SystemClaim {
    var system: Distribution
    var release: ReleaseNumber?
}

/// Where a text names a system.
struct SystemMention {
    var system: Distribution
    var tokens: Range<Int>
}

extension NameRole {
    /// Whether a word of this role may accompany a bare version.
    var isAboutSystem: Bool {
        switch self {
        case .number, .cut, .architecture, .part, .linux, .server, .stream, .codename, .bit, .v, .r:
            true
        default: false
        }
    }
}
