/// Distinct texts and their lower-cased forms, found by token: 0 is no text at all, 1 the first.
struct SearchTable: Sendable {
    private let texts: TextTable
    let lowered: TextTable

    init(_ texts: TextTable) {
        self.texts = texts
        lowered = texts.lowerCased()
    }

    var count: Int { texts.count }

    func string(_ token: UInt32) -> String? {
        token == 0 ? nil : texts.string(Int(token) - 1)
    }

    func appendJSON(_ token: UInt32, to target: inout [UInt8]) {
        if token == 0 {
            target.append(contentsOf: "null".utf8)
        } else {
            let range = texts.range(Int(token) - 1)
            JSONEncoding.appendQuoted(texts.bytes.span.extracting(range), to: &target)
        }
    }

    /// The lower-cased text; the token is not 0.
    func loweredBytes(_ token: UInt32) -> ArraySlice<UInt8> { lowered[Int(token) - 1] }

    /// By token, whether the lower-cased text matches one of the patterns. Only texts that contain a
    /// pattern's longest literal part are held against it.
    func flags(matching patterns: [NamePattern]) -> [Bool] {
        var flags = [Bool](repeating: false, count: texts.count + 1)
        let bytes = lowered.bytes.span
        for pattern in patterns {
            if pattern.literal.isEmpty {
                for index in 0..<texts.count
                where !flags[index + 1] && pattern.matches(bytes.extracting(lowered.range(index))) {
                    flags[index + 1] = true
                }
            } else {
                lowered.forEach(containing: pattern.literal) { index in
                    if pattern.matches(lowered.bytes.span.extracting(lowered.range(index))) {
                        flags[index + 1] = true
                    }
                }
            }
        }
        return flags
    }
}
