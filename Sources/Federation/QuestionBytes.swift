internal import Catalogs
internal import ImageModel

/// What makes two requests pages of the same walk, as bytes: equal for equal questions of the same caller and
/// different for different ones, since every list is led by its count and every text by its length. Values of one
/// filter are alternatives, or must all hold: their order is nobody's question.
struct QuestionBytes {
    private(set) var bytes: [UInt8] = []

    init(_ request: borrowing ListRequest) {
        bytes.reserveCapacity(256)
        append(request.query)
        append(count: request.order.terms.count)
        for term in request.order.terms {
            append(term.field.rawValue)
            bytes.append(term.descending ? 1 : 0)
        }
        append(words: request.latestBy)
        append(count: request.client == nil ? 0 : 1)
        if let client = request.client { append(client) }
        append(request.scope.canonical)
    }

    private mutating func append(_ query: ImageQuery) {
        append(query.providers)
        append(query.regions)
        append(query.upstreams)
        append(query.ids)
        append(query.names.map { $0.lowercased() })
        append(query.words)
        append(filter: query.families)
        append(query.distributions)
        append(query.versions)
        append(filter: query.architectures)
        append(filter: query.visibilities)
        append(filter: query.statuses)
        append(filter: query.bootModes)
        append(query.tags)
        append(query.createdAfter?.microseconds)
        append(query.createdBefore?.microseconds)
        append(query.updatedAfter?.microseconds)
        append(query.updatedBefore?.microseconds)
        append(query.minDiskGBMax.map { Int64($0) })
        append(query.minRAMMBMax.map { Int64($0) })
    }

    private mutating func append(_ texts: [String]) {
        append(count: texts.count)
        for text in texts.count > 1 ? texts.sorted() : texts { append(text) }
    }

    private mutating func append<Word: RawRepresentable<String>>(filter words: [Word]) {
        append(words.map(\.rawValue))
    }

    private mutating func append<Word: RawRepresentable<String>>(words: [Word]) {
        append(count: words.count)
        for word in words { append(word.rawValue) }
    }

    private mutating func append(_ text: String) {
        append(count: text.utf8.count)
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func append(_ number: Int64?) {
        bytes.append(number == nil ? 0 : 1)
        guard let number else { return }
        for shift in stride(from: Int64(0), to: 64, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: number >> shift))
        }
    }

    /// Seven bits a byte, the lowest first: nearly every count is one byte.
    private mutating func append(count: Int) {
        var rest = count
        while rest > 0x7F {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }
}
