import ImageModel

extension NaiveCatalog {
    func precedes(_ left: Int, _ right: Int, _ order: ImageOrder) -> Bool {
        let (one, other) = (entries[left].image, entries[right].image)
        for term in order.terms {
            let result =
                switch term.field {
                case .createdAt:
                    Self.compare(one.createdAt?.microseconds, other.createdAt?.microseconds)
                case .updatedAt:
                    Self.compare(one.updatedAt?.microseconds, other.updatedAt?.microseconds)
                case .sizeBytes: Self.compare(one.sizeBytes, other.sizeBytes)
                case .minDiskGB: Self.compare(one.minDiskGB, other.minDiskGB)
                case .name: Self.compare(ranks.names[left], ranks.names[right])
                case .distribution:
                    Self.compare(ranks.distributions[left], ranks.distributions[right])
                case .version: Self.compare(ranks.versions[left], ranks.versions[right])
                case .provider: Self.compare(ranks.providers[left], ranks.providers[right])
                case .region: Self.compare(ranks.regions[left], ranks.regions[right])
                }
            if let result { return term.descending && abs(result) == 1 ? result > 0 : result < 0 }
        }
        return Self.compare(ranks.ids[left], ranks.ids[right]) == -1
    }

    func isNewer(_ index: Int, _ other: Int) -> Bool {
        if let result = Self.compare(ranks.versions[index], ranks.versions[other]) {
            return result == 1 || result == -2
        }
        let dates = (entries[index].image.createdAt, entries[other].image.createdAt)
        if let result = Self.compare(dates.0, dates.1) { return result == 1 || result == -2 }
        return Self.compare(ranks.ids[index], ranks.ids[other]) == 1
    }

    /// `nil` for equal, ±1 for two known values, ±2 when one is unknown.
    private static func compare<Value: Comparable>(_ left: Value?, _ right: Value?) -> Int? {
        guard let left else { return right == nil ? nil : 2 }
        guard let right else { return -2 }
        return left < right ? -1 : right < left ? 1 : nil
    }
}

extension Array {
    /// Numbers that order like the values do.
    func ranks<Value: Comparable & Hashable>() -> [Int?] where Element == Value? {
        let sorted = Set(compactMap(\.self)).sorted()
        var (ranks, rank): ([Value: Int], Int) = ([:], 0)
        for (index, value) in sorted.enumerated() {
            if index > 0, sorted[index - 1] < value { rank += 1 }
            ranks[value] = rank
        }
        return map { $0.flatMap { ranks[$0] } }
    }
}

/// Bytewise order.
struct Text: Comparable, Hashable {
    let bytes: [UInt8]

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    static func < (left: Text, right: Text) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }
}

/// Runs of digits and of letters: numbers by value and behind letters, a version before its continuation.
struct NaiveVersion: Comparable, Hashable {
    private let parts: [Part]

    private struct Part: Hashable {
        var isNumber: Bool
        var text: String
    }

    init(_ version: String) {
        var parts: [Part] = []
        var isInside = false
        for letter in version.lowercased() {
            guard letter.isLetter || letter.isNumber else {
                isInside = false
                continue
            }
            if isInside, let last = parts.last, last.isNumber == letter.isNumber {
                parts[parts.count - 1].text.append(letter)
            } else {
                parts.append(Part(isNumber: letter.isNumber, text: String(letter)))
            }
            isInside = true
        }
        self.parts = parts.map { part in
            let digits = part.text.drop { part.isNumber && $0 == "0" }
            return Part(isNumber: part.isNumber, text: String(digits))
        }
    }

    static func < (left: NaiveVersion, right: NaiveVersion) -> Bool {
        for (one, other) in zip(left.parts, right.parts) where one != other {
            if one.isNumber != other.isNumber { return other.isNumber }
            if one.isNumber, one.text.count != other.text.count {
                return one.text.count < other.text.count
            }
            return one.text < other.text
        }
        return left.parts.count < right.parts.count
    }
}
