/// Finds where a text names systems, and decides which of them it is about.
extension NameReader {
    mutating func findMentions() {
        forgetMentions()
        var index = 0
        while index < tokens.count {
            // Most words begin no phrase.
            guard tokens[index].word != 0, let (phrase, end) = phrase(at: index) else {
                index += 1
                continue
            }
            if let system = phrase.distribution {
                let range = index..<end
                mentions.append(
                    SystemMention(system: stream(of: system, after: end), tokens: range)
                )
            }
            index = end
        }
    }

    /// Mostly there are none or few: an array would take longer to remove all at once.
    mutating func forgetMentions() {
        while !mentions.isEmpty { mentions.removeLast() }
    }

    /// The longest phrase that starts here and whose condition holds.
    private mutating func phrase(at index: Int) -> (Phrase, end: Int)? {
        let candidates = lexicon.phrases(from: tokens[index].word)
        guard !candidates.isEmpty, tokens[index].role != .architecture else { return nil }
        for candidate in candidates {
            let phrase = lexicon.phrases[candidate]
            let end = index + Int(phrase.wordCount)
            guard end <= tokens.count, matches(phrase, at: index) else { continue }
            if end < tokens.count, tokens[end].role == .likeness { continue }
            if holds(phrase, index..<end) { return (phrase, end) }
        }
        return nil
    }

    private func matches(_ phrase: Phrase, at index: Int) -> Bool {
        let first = Int(phrase.firstWord)
        // The first word led here.
        for offset in 1..<max(Int(phrase.wordCount), 1)
        where tokens[index + offset].word != lexicon.phraseWords[first + offset] {
            return false
        }
        return true
    }

    private mutating func holds(_ phrase: Phrase, _ range: Range<Int>) -> Bool {
        guard let system = phrase.distribution else { return true }
        let isWhole = range.count == tokens.count
        switch phrase.condition {
        case .always: return true
        case .whole: return isWhole
        case .numbered:
            return range.upperBound < tokens.count && tokens[range.upperBound].gap == .glued
                && statesVersion(of: system, at: range.upperBound)
        case .supported: return isWhole || isSupported(system, at: range.upperBound)
        case .leading:
            guard range.lowerBound == 0 else { return false }
            return isWhole || isSupported(system, at: range.upperBound)
                || tokens[range.upperBound].role == .cut || tokens[range.upperBound].number >= 2000
        }
    }

    private mutating func isSupported(_ system: Distribution, at index: Int) -> Bool {
        guard index < tokens.count else { return false }
        switch tokens[index].role {
        case .number: return statesVersion(of: system, at: index)
        case .v: return index + 1 < tokens.count && statesVersion(of: system, at: index + 1)
        case .server: return true
        case .linux, .part, .architecture: return !system.isWindows
        default: return false
        }
    }

    private mutating func statesVersion(of system: Distribution, at index: Int) -> Bool {
        system.isWindows
            ? windowsNumber(at: index) != nil && tokens[index - 1].role != .v
            : release(of: system, at: index, mayBeGlued: true) != nil
    }

    /// `CentOS 8-stream`, `CentOS 9 Stream`.
    private func stream(of system: Distribution, after end: Int) -> Distribution {
        guard system == .centos else { return system }
        for index in end..<tokens.count {
            switch tokens[index].role {
            case .stream: return .centosStream
            case .number, .linux, .part, .architecture: continue
            default: return system
            }
        }
        return system
    }

    /// What the text as a whole is about: a closer description beats a coarser one, then a system
    /// with a version one without, then the first.
    mutating func bestClaim() -> SystemClaim? {
        guard let first = mentions.first else { return nil }
        var best = claim(of: first.system)
        for mention in mentions.dropFirst() where mention.system != best.system {
            guard !best.system.refines(mention.system) else { continue }
            let other = claim(of: mention.system)
            if other.system.refines(best.system) || best.release == nil && other.release != nil {
                best = other
            }
        }
        return best
    }

    /// The system with the best version that follows one of its mentions, or is its release's name.
    private mutating func claim(of system: Distribution) -> SystemClaim {
        var best = SystemClaim(system: system)
        for mention in mentions where mention.system == system {
            let other = claim(of: system, from: mention.tokens.upperBound)
            guard let release = other.release else {
                if other.system.refines(best.system) { best.system = other.system }
                continue
            }
            if best.release.map({ release.refines($0) }) ?? true { best = other }
        }
        if best.release == nil { best.release = codenamedRelease(of: best.system) }
        return best
    }

    /// The claim that the tokens from `start` on make about a system already named.
    mutating func claim(of system: Distribution, from start: Int) -> SystemClaim {
        if system.isWindows { return windowsClaim(of: system, from: start) }
        var release = release(of: system, from: start)
        if release == nil, mentions.isEmpty { release = codenamedRelease(of: system) }
        return SystemClaim(system: system, release: release)
    }

    private func codenamedRelease(of system: Distribution) -> ReleaseNumber? {
        for index in tokens.indices where tokens[index].role == .codename {
            guard let codename = lexicon.codename(tokens[index].word),
                codename.distribution == system
            else {
                continue
            }
            return codename.release
        }
        return nil
    }
}
