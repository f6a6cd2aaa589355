/// The version of an operating system, as far as somebody stated it. Small, because every reading holds one: numbers
/// are those of tokens, see `NameToken.numberMax`.
struct ReleaseNumber: Hashable {
    private let majorValue: Int32
    /// -1 for none.
    private var minorValue: Int32
    /// Digits the minor is written with, as far as it matters: 2 makes 4 of Ubuntu `04`.
    private let minorDigitCount: UInt8
    var suffix: Suffix

    enum Suffix: Hashable {
        case none
        case secondRelease
        case servicePack(Int32)
        /// A release that has a name and no number; `major` and `minor` mean nothing then.
        case named(StaticWord)
    }

    init(major: Int, minor: Int? = nil, minorDigitCount: Int = 1, suffix: Suffix = .none) {
        majorValue = Int32(truncatingIfNeeded: major)
        minorValue = Int32(truncatingIfNeeded: minor ?? -1)
        self.minorDigitCount = UInt8(truncatingIfNeeded: min(minorDigitCount, 3))
        self.suffix = suffix
    }

    var major: Int { Int(majorValue) }

    var minor: Int? {
        get { minorValue < 0 ? nil : Int(minorValue) }
        set { minorValue = Int32(truncatingIfNeeded: newValue ?? -1) }
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
        if case .named(let word) = suffix { return word.rawValue }
        var text = DigitText()
        text.append(number: major)
        if let minor {
            text.append(minor < 10 && minorDigitCount == 2 ? ".0" : ".")
            text.append(number: minor)
        }
        switch suffix {
        case .none, .named: break
        case .secondRelease: text.append("-r2")
        case .servicePack(let number):
            text.append("-sp")
            text.append(number: Int(number))
        }
        return text.string
    }
}

/// Writes a text of a few numbers and words without allocating; what exceeds the capacity is lost.
private struct DigitText {
    private var bytes = InlineArray<32, UInt8>(repeating: 0)
    private var count = 0

    var string: String {
        let text = bytes.span.extracting(first: count)
        // Unchecked: nothing but ASCII was appended.
        return String(copying: UTF8Span(unchecked: text, isKnownASCII: true))
    }

    mutating func append(_ text: StaticString) {
        for index in 0..<text.utf8CodeUnitCount { append(text.utf8Start[index]) }
    }

    /// The digits of a number from 0 on.
    mutating func append(number: Int) {
        if number >= 10 { append(number: number / 10) }
        append(UInt8(truncatingIfNeeded: number % 10) &+ UInt8(ascii: "0"))
    }

    private mutating func append(_ byte: UInt8) {
        guard count < bytes.count else { return }
        bytes[count] = byte
        count += 1
    }
}
