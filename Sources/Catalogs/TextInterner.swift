/// Gives equal texts one number, counted from 0 in the order of their first appearance.
struct TextInterner: Sendable {
    private(set) var texts = TextTable()
    private var slots = HashSlots()

    init() {}

    /// `nil` where a text occurs twice.
    init?(distinct texts: TextTable) {
        for index in 0..<texts.count where number(of: texts[index].span) != index { return nil }
    }

    var count: Int { texts.count }

    func find(_ text: Span<UInt8>) -> Int? {
        find(text, TextInterner.hash(text))
    }

    mutating func number(of text: Span<UInt8>) -> Int {
        let hash = TextInterner.hash(text)
        if let known = find(text, hash) { return known }
        let number = texts.count
        texts.append(text)
        slots.insert(hash, number: number)
        return number
    }

    mutating func number(of text: String) -> Int {
        number(of: text.utf8.span)
    }

    private func find(_ text: Span<UInt8>, _ hash: UInt64) -> Int? {
        slots.find(hash) { texts.equals($0, text) }
    }

    private static func hash(_ text: Span<UInt8>) -> UInt64 {
        var hash = StableHash()
        hash.combine(text)
        return hash.word
    }
}
