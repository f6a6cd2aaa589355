internal import Catalogs
internal import ImageModel

/// What makes two requests pages of the same walk, as bytes: equal for equal questions of the same caller and
/// different for different ones, since every list is led by its count and every text by its length.
struct QuestionBytes {
    private(set) var bytes: [UInt8] = []

    init(_ request: ListRequest) {
        bytes.reserveCapacity(256)
        append(request.query)
        append(request.order.terms.map(\.field.rawValue))
        for term in request.order.terms { bytes.append(term.descending ? 1 : 0) }
        append(request.latestBy.map(\.rawValue))
        append(request.client.map { [$0] } ?? [])
        append(request.scope.canonical)
    }

    private mutating func append(_ query: ImageQuery) {
        append(query.providers)
        append(query.regions)
        append(query.upstreams)
        append(query.ids)
        append(query.names)
        append(query.words)
        append(query.families.map(\.rawValue))
        append(query.distributions)
        append(query.versions)
        append(query.architectures.map(\.rawValue))
        append(query.visibilities.map(\.rawValue))
        append(query.statuses.map(\.rawValue))
        append(query.bootModes.map(\.rawValue))
        append(query.tags)
        append(query.createdAfter?.microseconds)
        append(query.createdBefore?.microseconds)
        append(query.updatedAfter?.microseconds)
        append(query.updatedBefore?.microseconds)
        append(query.minDiskGBMax.map { Int64($0) })
        append(query.minRAMMBMax.map { Int64($0) })
    }

    private mutating func append(_ texts: [String]) {
        append(number: UInt64(texts.count))
        for text in texts { append(text) }
    }

    private mutating func append(_ text: String) {
        append(number: UInt64(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func append(_ number: Int64?) {
        bytes.append(number == nil ? 0 : 1)
        if let number { append(number: UInt64(bitPattern: number)) }
    }

    private mutating func append(number: UInt64) {
        for shift in stride(from: UInt64(0), to: 64, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: number >> shift))
        }
    }
}
