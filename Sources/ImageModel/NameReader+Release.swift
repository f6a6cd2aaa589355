/// Finds the version of a system: the first number after it that can be one, unless the words between
/// belong to something else. Windows has its own rules.
extension NameReader {
    mutating func release(of system: Distribution, from start: Int) -> ReleaseNumber? {
        var found: ReleaseNumber?
        var walk = ReleaseWalk()
        var index = start
        while index < tokens.count {
            let token = tokens[index]
            switch token.role {
            case .number:
                walk.passedNumber = found != nil
                guard let next = candidate(of: system, at: index, walk) else { break }
                // Later a more exact form may follow: `Rocky-9-EC2-Base-9.3`.
                guard let known = found else {
                    found = next
                    break
                }
                if next.refines(known) { return next }
            case .part, .linux, .server, .stream, .codename, .architecture, .cut, .v, .unit, .k, .r,
                .u,
                .servicePack:
                break
            case .filler: walk.passedFiller = true
            case .product: index = endOfNumber(after: index) - 1
            case .name where isMention(of: system, index): break
            default:
                guard found == nil, system.facts.versions.isDistinctive else { return found }
                walk.passedStranger = true
            }
            index += 1
        }
        return found
    }

    /// What has been passed between the system's name and a number.
    private struct ReleaseWalk {
        var passedFiller = false
        /// A version was found already; `94` behind `Stream 9` is a serial number then.
        var passedNumber = false
        var passedStranger = false
    }

    private mutating func candidate(
        of system: Distribution,
        at index: Int,
        _ walk: ReleaseWalk
    ) -> ReleaseNumber? {
        // A `v2` behind words about the image is the image's own version.
        let isMarked = index > 0 && tokens[index - 1].role == .v && tokens[index].gap == .glued
        if isMarked, walk.passedFiller || walk.passedStranger, system != .bottlerocket {
            return nil
        }
        let mayBeGlued = !walk.passedFiller && !walk.passedNumber
        let release = release(of: system, at: index, mayBeGlued: mayBeGlued)
        if walk.passedStranger, release?.minor == nil { return nil }
        return release
    }

    private func isMention(of system: Distribution, _ index: Int) -> Bool {
        mentions.contains { $0.system == system && $0.tokens.contains(index) }
    }

    /// Where the version of a product ends: `1.29` after `k8s`, one kind of mark throughout.
    func endOfNumber(after index: Int) -> Int {
        var end = index + 1
        guard end < tokens.count, tokens[end].role == .number || tokens[end].role == .cut else {
            return end
        }
        end += 1
        guard end < tokens.count, tokens[end].gap.joinsVersion else { return end }
        let mark = tokens[end].gap
        // After a year only `R2` belongs to it: `sql-2019-2022` names two years.
        while end < tokens.count, tokens[end].gap == mark, tokens[end].role == .number,
            tokens[end].digitCount < 3
        {
            end += 1
        }
        return end
    }

    /// The version that starts with this number; `nil` if it cannot be one of this system.
    /// `mayBeGlued` allows `74` for 7.4.
    mutating func release(
        of system: Distribution,
        at index: Int,
        mayBeGlued: Bool
    ) -> ReleaseNumber? {
        guard tokens[index].role == .number, isFreeStanding(index) else { return nil }
        let facts = system.facts
        if facts.majors.upperBound > 99 { noteUse(of: tokens[index]) }
        switch facts.versions {
        case .rolling, .windows: return nil
        case .majorOnly:
            return facts.majors.contains(tokens[index].number)
                ? ReleaseNumber(major: tokens[index].number) : nil
        case .amazon: return amazonRelease(at: index)
        case .calendar(let months): return calendarRelease(at: index, facts, months)
        case .pair, .pairWithLongMinor, .servicePack:
            let release = pairRelease(at: index, facts)
            return release ?? (mayBeGlued ? gluedRelease(at: index, facts) : nil)
        }
    }

    /// Whether the number is not the tail of a word such as `ec2`, `gen2` or `tk4`.
    private func isFreeStanding(_ index: Int) -> Bool {
        guard index > 0, tokens[index].gap == .glued else { return true }
        switch tokens[index - 1].role {
        case .name, .part, .linux, .server, .stream, .v, .codename: return true
        default: return false
        }
    }

    private mutating func pairRelease(at index: Int, _ facts: DistributionFacts) -> ReleaseNumber? {
        guard facts.majors.contains(tokens[index].number) else { return nil }
        var release = ReleaseNumber(major: tokens[index].number)
        var end = index + 1
        if let minor = minor(at: index + 1, facts) {
            release.minor = minor
            end += 1
        } else if let minor = updateNumber(at: index + 1) {
            release.minor = minor
        }
        if case .servicePack = facts.versions, release.minor == nil {
            release.minor = servicePack(from: end)
        }
        return release
    }

    /// The component after a mark, unless it is the beginning of something else.
    private mutating func minor(at index: Int, _ facts: DistributionFacts) -> Int? {
        guard index < tokens.count, tokens[index].role == .number, tokens[index].gap.joinsVersion
        else { return nil }
        let token = tokens[index]
        if case .pairWithLongMinor = facts.versions, token.digitCount == 4 {
            noteUse(of: token)
            return token.number
        }
        guard token.digitCount <= 2 else { return nil }
        if token.gap == .dot { return token.number }
        let startsDotted =
            index + 1 < tokens.count && tokens[index + 1].gap == .dot
            && tokens[index + 1].role == .number
        return token.number <= facts.minorMax && !startsDotted ? token.number : nil
    }

    /// `U3` in `OL9U3` and `centos6u5`.
    private mutating func updateNumber(at index: Int) -> Int? {
        guard index + 1 < tokens.count, tokens[index].role == .u, tokens[index].gap == .glued,
            tokens[index + 1].role == .number, tokens[index + 1].gap == .glued
        else { return nil }
        noteUse(of: tokens[index + 1])
        return tokens[index + 1].number
    }

    /// The number of the service pack that follows within the system's own words.
    private mutating func servicePack(from start: Int) -> Int? {
        for index in start..<min(start + 6, tokens.count) {
            switch tokens[index].role {
            case .servicePack:
                guard index + 1 < tokens.count, tokens[index + 1].role == .number else {
                    return nil
                }
                noteUse(of: tokens[index + 1])
                return tokens[index + 1].number
            case .number where tokens[index].gap == .dot, .part, .server: continue
            default: return nil
            }
        }
        return nil
    }

    /// `22.04`, `22_04`, `2204`, `16_0402`; months must exist, so years and builds do not match.
    private mutating func calendarRelease(
        at index: Int,
        _ facts: DistributionFacts,
        _ months: MonthSet
    ) -> ReleaseNumber? {
        let token = tokens[index]
        var (year, month) = (token.number, 0)
        if token.digitCount == 4 {
            (year, month) = (token.number / 100, token.number % 100)
            guard months.contains(month) else { return nil }
        } else if index + 1 < tokens.count, tokens[index + 1].role == .number,
            tokens[index + 1].gap.joinsVersion
        {
            let next = tokens[index + 1]
            noteUse(of: next)
            month = next.digitCount == 4 ? next.number / 100 : next.number
        }
        guard facts.majors.contains(year), token.digitCount <= 2 || token.digitCount == 4 else {
            return nil
        }
        guard months.contains(month) else { return year >= 10 ? ReleaseNumber(major: year) : nil }
        var release = ReleaseNumber(major: year, minor: month, minorDigitCount: 2)
        if let pack = servicePack(from: index + (token.digitCount == 4 ? 1 : 2)) {
            release.suffix = .servicePack(Int32(truncatingIfNeeded: pack))
        }
        return release
    }

    /// Amazon Linux 2 and 2023 are followed by builds; Amazon Linux 1 is a year and a month.
    private func amazonRelease(at index: Int) -> ReleaseNumber? {
        let number = tokens[index].number
        switch number {
        case 2, 2022...2049: return ReleaseNumber(major: number)
        case 2011...2018:
            guard index + 1 < tokens.count, tokens[index + 1].role == .number,
                tokens[index + 1].gap.joinsVersion, (1...12).contains(tokens[index + 1].number)
            else { return nil }
            let month = tokens[index + 1].number
            return ReleaseNumber(major: number, minor: month, minorDigitCount: 2)
        default: return nil
        }
    }

    /// `74` is 7.4, `810` is 8.10, `1001` is 10.1, `750` is 7.5 and `6010` is 6.0: the shortest
    /// major that can be, with a minor that can be, and what is left over is a third component.
    private mutating func gluedRelease(
        at index: Int,
        _ facts: DistributionFacts
    ) -> ReleaseNumber? {
        let (number, digitCount) = (tokens[index].number, Int(tokens[index].digitCount))
        // Years are not glued.
        guard (2...4).contains(digitCount), !(1990...2049).contains(number) else { return nil }
        noteUse(of: tokens[index])
        for minorDigitCount in [digitCount - 1, digitCount - 2]
        where (1...2).contains(minorDigitCount) {
            let scale = minorDigitCount == 1 ? 10 : 100
            let (major, minor) = (number / scale, number % scale)
            if facts.majors.contains(major), minor <= facts.minorMax {
                return ReleaseNumber(major: major, minor: minor)
            }
        }
        guard digitCount > 2 else { return nil }
        let scale = digitCount == 3 ? 100 : 1_000
        let (major, minor) = (number / scale, number / (scale / 10) % 10)
        return facts.majors.contains(major) ? ReleaseNumber(major: major, minor: minor) : nil
    }
}

extension DistributionFacts.VersionScheme {
    /// Whether versions look like nothing else, so that strange words before them do not matter.
    var isDistinctive: Bool {
        if case .calendar = self { true } else { false }
    }
}
