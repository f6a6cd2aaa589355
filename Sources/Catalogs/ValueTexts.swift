import ImageModel

/// The distinct values of the columns that have few, by token; 0 is "unknown".
struct ValueTexts: Sendable {
    private var providers = TextInterner()
    private var regions = TextInterner()
    private var distributions = TextInterner()
    private var versions = TextInterner()

    mutating func provider(_ text: Span<UInt8>) -> UInt32 { UInt32(providers.number(of: text) + 1) }
    mutating func region(_ text: Span<UInt8>) -> UInt32 { UInt32(regions.number(of: text) + 1) }

    mutating func distribution(_ text: Span<UInt8>) -> UInt32 {
        UInt32(distributions.number(of: text) + 1)
    }

    mutating func version(_ text: Span<UInt8>) -> UInt32 { UInt32(versions.number(of: text) + 1) }

    var count: Int { providers.count + regions.count + distributions.count + versions.count }

    init() {}

    /// Of texts in the order of their tokens; `nil` where one of them occurs twice.
    init?(providers: TextTable, regions: TextTable, distributions: TextTable, versions: TextTable) {
        guard let providers = TextInterner(distinct: providers),
            let regions = TextInterner(distinct: regions),
            let distributions = TextInterner(distinct: distributions),
            let versions = TextInterner(distinct: versions)
        else { return nil }
        self.providers = providers
        self.regions = regions
        self.distributions = distributions
        self.versions = versions
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

    private static func texts(_ interner: TextInterner) -> [String?] {
        [nil] + (0..<interner.count).map { interner.texts.string($0) }
    }

    private static func words<Word: CaseIterable & RawRepresentable<String>>(
        _: Word.Type
    ) -> [String?] {
        [nil] + Word.allCases.map(\.rawValue)
    }
}
