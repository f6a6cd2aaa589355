import ImageModel

/// The members with a closed vocabulary, as tokens: 1 is the first word, 0 none.
struct ClosedWords: Sendable, Hashable {
    var family: UInt32
    var architecture: UInt32
    var visibility: UInt32
    var status: UInt32
    var bootMode: UInt32

    init(_ image: borrowing Image) {
        family = ClosedWords.token(image.os.family)
        architecture = ClosedWords.token(image.architecture)
        visibility = image.visibility.map(ClosedWords.token) ?? 0
        status = image.status.map(ClosedWords.token) ?? 0
        bootMode = image.bootMode.map(ClosedWords.token) ?? 0
    }

    init(_ profile: Profile) {
        family = profile.family
        architecture = profile.architecture
        visibility = profile.visibility
        status = profile.status
        bootMode = profile.bootMode
    }

    /// The same for the same words in the same order: what tokens that outlive the process mean.
    static var vocabulary: UInt64 {
        var hash = StableHash()
        func combine<Word: CaseIterable & RawRepresentable<String>>(_: Word.Type) {
            for word in Word.allCases { hash.combine(word.rawValue) }
            hash.combine(UInt64(Word.allCases.count))
        }
        combine(OperatingSystemFamily.self)
        combine(Architecture.self)
        combine(Visibility.self)
        combine(ImageStatus.self)
        combine(BootMode.self)
        return hash.word
    }

    /// The word of a token.
    static func word<Word: CaseIterable>(_ token: UInt32, as: Word.Type = Word.self) -> Word? {
        token == 0 ? nil : Word.allCases.dropFirst(Int(token) - 1).first
    }

    @inline(__always)
    private static func token<Word: CaseIterable & Equatable>(_ word: Word) -> UInt32 {
        var token: UInt32 = 1
        for candidate in Word.allCases {
            if candidate == word { return token }
            token += 1
        }
        return 0
    }
}
