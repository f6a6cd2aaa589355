/// Distinct tag lists over distinct tags; list 0 is empty.
struct TagLists: Sendable {
    private(set) var lists: [[UInt32]] = [[]]
    private(set) var tags = TextInterner()
    private var numbers: [[UInt32]: UInt32] = [[]: 0]

    var count: Int { lists.count }

    mutating func number(of list: [String]) -> UInt32 {
        if list.isEmpty { return 0 }
        let tokens = list.map { UInt32(tags.number(of: $0)) }
        if let known = numbers[tokens] { return known }
        let number = UInt32(lists.count)
        lists.append(tokens)
        numbers[tokens] = number
        return number
    }

    func strings(_ list: Int) -> [String] {
        lists[list].map { tags.texts.string(Int($0)) }
    }

    /// For each list whether one of its tags passes.
    func flags(where isIncluded: (_ tag: Int) -> Bool) -> [Bool] {
        lists.map { list in list.contains { isIncluded(Int($0)) } }
    }
}
