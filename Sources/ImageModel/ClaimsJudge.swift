/// Weighs the claims of one image against each other, one image after the other.
struct ClaimsJudge: ~Copyable {
    var reader = NameReader()
    /// What texts mean that many images repeat: labels, platforms, descriptions.
    private var known = ReadingTable()
    private var verdicts = VerdictTable()
    /// What short version fields say of a system, tagged with it; `nil` where they say nothing.
    private var releases = ShortTextTable<SystemClaim?>()
    private var processors = ShortTextTable<ArchitectureClaim>()
    private var releaseTexts = ReleaseTexts()
    /// Whether the verdict holds for every image whose texts have the same key.
    private var holdsForKey = false

    /// So far.
    var verdict = Verdict()

    mutating func pageEnded() { verdicts.pageEnded() }

    /// Family, system, release, architecture and disagreements of one image. Texts come one by one: in a
    /// struct they would be counted for each image.
    mutating func judge(
        name: String,
        label: String?,
        platform: String?,
        version: String?,
        family: String?,
        architecture field: String?,
        bits: String?,
        description: String?
    ) -> OperatingSystemFamily {
        if let known = verdicts.verdict(name: name, label, platform, version, family, field, bits) {
            verdict = known
        } else {
            judge(
                name: name,
                label: label,
                platform: platform,
                version: version,
                family: family,
                architecture: field,
                bits: bits
            )
            if holdsForKey { verdicts.keep(verdict) }
        }
        judge(description: description)
        return judgeFamily()
    }

    /// All but the description.
    private mutating func judge(
        name: String,
        label: String?,
        platform: String?,
        version: String?,
        family: String?,
        architecture field: String?,
        bits: String?
    ) {
        verdict = Verdict()
        let family = readFamily(family)
        let labelReading = read(label)
        let platform = read(platform)
        judgeField(labelReading)
        judgeField(platform)
        judgeField(family.reading)
        let name = readName(name, label, labelReading)
        judge(name: name, family: family.word, version: version)
        consider(labelReading.architecture)
        consider(readArchitectureField(field))
        consider(name.architecture)
        consider(readBits(bits))
        consider(platform.architecture)
        verdict.family = family.word
        verdict.saysLinux = labelReading.saysLinux || platform.saysLinux || name.saysLinux
    }

    /// Many names repeat their label. One that names no system must be read, because its tokens are looked at
    /// again.
    private mutating func readName(
        _ name: String,
        _ label: String?,
        _ reading: NameReading
    ) -> NameReading {
        holdsForKey = !verdicts.leavesNumbersOpen
        if reading.system != nil, let label, label.hasBytes(name.utf8.span) { return reading }
        reader.usesSerials = false
        let reading = reader.read(name)
        if !reader.usesSerials, reading.system != nil || !reader.isBare { holdsForKey = true }
        return reading
    }

    /// The verdict's release as it is written.
    mutating func releaseText() -> String? {
        guard let release = verdict.release else { return nil }
        return releaseTexts.text(of: release)
    }

    private mutating func read(_ text: String?) -> NameReading {
        guard let text = text.said else { return NameReading() }
        return reading(of: text)
    }

    /// As the reader does, whose tokens may be another text's afterwards.
    mutating func readRelease(_ text: String, of system: Distribution) -> SystemClaim? {
        guard let key = ShortText(text, tag: system.rawValue) else {
            return reader.readRelease(text, of: system)
        }
        if let claim = releases[key] { return claim }
        let claim = reader.readRelease(text, of: system)
        releases[key] = .some(claim)
        return claim
    }

    /// As the reader does, whose tokens may be another text's afterwards.
    mutating func readArchitectureField(_ text: String?) -> ArchitectureClaim {
        guard let text = text.said else { return ArchitectureClaim() }
        guard let key = ShortText(text) else { return reader.readArchitectureField(text) }
        if let claim = processors[key] { return claim }
        let claim = reader.readArchitectureField(text)
        processors[key] = claim
        return claim
    }

    /// As `reader.read`, for texts that are likely to come again; the reader's tokens may be another's.
    mutating func reading(of text: String) -> NameReading {
        if let reading = known[text] { return reading }
        let reading = reader.read(text)
        known[text] = reading
        return reading
    }
}

/// What the claims contradict each other about.
struct Disagreements {
    var family = false
    var distribution = false
    var version = false
    var architecture = false

    @inline(__always)
    var words: [String] {
        guard family || distribution || version || architecture else { return [] }
        return wordsOfSome
    }

    private var wordsOfSome: [String] {
        let flags = [
            ("family", family), ("distribution", distribution), ("version", version),
            ("architecture", architecture),
        ]
        return flags.filter(\.1).map(\.0)
    }
}

extension String? {
    /// The text, or `nil` where it is empty.
    var said: String? {
        guard let text = self else { return nil }
        let bytes = text.utf8.span
        for index in bytes.indices where bytes[index] != 0x20 { return text }
        return nil
    }
}
