import ImageModel

/// The distinct values of the columns that have few, by token; 0 is "unknown".
struct ValueTexts: Sendable {
    private var providers = TextInterner()
    private var regions = TextInterner()
    private var distributions = TextInterner()
    private var versions = TextInterner()

    mutating func profile(of image: Image) -> Profile {
        var profile = Profile()
        profile.provider = ValueTexts.token(image.provider, in: &providers)
        profile.region = ValueTexts.token(image.region, in: &regions)
        profile.family = ValueTexts.token(image.os.family)
        profile.distribution = ValueTexts.token(image.os.distribution, in: &distributions)
        profile.version = ValueTexts.token(image.os.version, in: &versions)
        profile.architecture = ValueTexts.token(image.architecture)
        profile.visibility = ValueTexts.token(image.visibility)
        profile.status = ValueTexts.token(image.status)
        profile.bootMode = ValueTexts.token(image.bootMode)
        return profile
    }

    /// By token; the first is `nil`.
    func texts(_ column: Profile.Column) -> [String?] {
        switch column {
        case .provider: ValueTexts.texts(providers)
        case .region: ValueTexts.texts(regions)
        case .family: ValueTexts.words(OperatingSystemFamily.self)
        case .distribution: ValueTexts.texts(distributions)
        case .version: ValueTexts.texts(versions)
        case .architecture: ValueTexts.words(Architecture.self)
        case .visibility: ValueTexts.words(Visibility.self)
        case .status: ValueTexts.words(ImageStatus.self)
        case .bootMode: ValueTexts.words(BootMode.self)
        }
    }

    /// The word of a token in a closed vocabulary.
    static func word<Word: CaseIterable>(_ token: UInt32, as: Word.Type = Word.self) -> Word? {
        token == 0 ? nil : Word.allCases.dropFirst(Int(token) - 1).first
    }

    private static func token(_ text: String?, in interner: inout TextInterner) -> UInt32 {
        text.map { UInt32(interner.number(of: $0) + 1) } ?? 0
    }

    private static func token<Word: CaseIterable & Equatable>(_ word: Word?) -> UInt32 {
        var token: UInt32 = 1
        for candidate in Word.allCases {
            if candidate == word { return token }
            token += 1
        }
        return 0
    }

    private static func texts(_ interner: TextInterner) -> [String?] {
        [nil] + (0..<interner.count).map { interner.texts.string($0) }
    }

    private static func words<Word: CaseIterable & RawRepresentable<String>>(
        _: Word.Type
    ) -> [String?] {
        [nil] + Word.allCases.map(\.rawValue)
    }
}
