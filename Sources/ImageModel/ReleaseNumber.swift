/// The version of an operating system, as far as somebody stated it.
struct ReleaseNumber: Hashable {
    var major: Int
    var minor: Int?
    /// Digits the minor is written with: 2 makes 4 of Ubuntu `04`.
    var minorDigitCount = 1
    var suffix = Suffix.none

    enum Suffix: Hashable {
        case none
        case secondRelease
        case servicePack(Int)
        /// A release that has a name and no number; `major` and `minor` mean nothing then.
        case named(StaticWord)
    }

    /// Releases that have a name and no number.
    enum StaticWord: String {
        case tumbleweed, xp, vista
    }

    static func named(_ word: StaticWord) -> ReleaseNumber {
        ReleaseNumber(major: 0, suffix: .named(word))
    }

    /// Whether this says the same as `other` and more.
    func refines(_ other: ReleaseNumber) -> Bool {
        guard major == other.major, agrees(with: other) else { return false }
        return other.minor == nil && minor != nil || other.suffix == .none && suffix != .none
    }

    /// Whether both can be true at once.
    func agrees(with other: ReleaseNumber) -> Bool {
        guard major == other.major else { return false }
        if let minor, let otherMinor = other.minor, minor != otherMinor { return false }
        return suffix == other.suffix || suffix == .none || other.suffix == .none
    }

    var text: String {
        var text = "\(major)"
        if let minor {
            text += minor < 10 && minorDigitCount == 2 ? ".0\(minor)" : ".\(minor)"
        }
        switch suffix {
        case .none: return text
        case .secondRelease: return text + "-r2"
        case .servicePack(let number): return text + "-sp\(number)"
        case .named(let word): return word.rawValue
        }
    }
}
