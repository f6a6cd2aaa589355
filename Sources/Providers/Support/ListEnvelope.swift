internal import ImageModel
internal import JSONText
internal import Upstreams

/// What an answer tells of a list: its images, and what stands around them.
struct ListEnvelope {
    var images: [Image]?
    var total: Int?
    var errorCode: String?
    private(set) var rowCount = 0
    private(set) var unreadableCount = 0
    private var isListNull = false
    private var drift: [String] = []
    private var objects: [ListObject] = []

    /// The images; none where the provider writes `null` and counts none. `nil` where there is no list.
    var list: [Image]? { images ?? (isListNull && total == 0 ? [] : nil) }

    /// Reads the value of `name`; `decode` reads one object whole and appends what it means.
    mutating func readList(
        _ name: StaticString,
        _ reader: inout RecordReader,
        _ decode: (inout RecordReader, inout [Image]) throws(JSONError) -> Void
    ) throws(JSONError) {
        guard try reader.isNext(.array, name) else {
            isListNull = try reader.json.readNull()
            if !isListNull { try reader.skip() }
            return
        }
        try reader.images(into: &images, decode)
    }

    /// Ends the text and takes what was noted of it.
    mutating func finish(_ reader: inout RecordReader) throws(JSONError) {
        try reader.json.finish()
        rowCount = reader.rowCount
        unreadableCount = reader.unreadableCount
        drift = reader.drift.words
        objects = reader.objects
    }

    /// How many rows there are up to the end of this page; `nil` where it is the last one.
    ///
    /// Counts by the rows that came, but by those asked for where more came: one of them may be a row of another page,
    /// and then the next page would miss one. A full page is worth another call whatever the total is, which may lie; a
    /// short one is where the total is not yet reached or not told, because a provider may cap its pages.
    func reached(from offset: Int, pageSize: Int) -> Int? {
        let reached = offset + min(rowCount, pageSize)
        guard rowCount > 0, reached <= PagePosition.offsetMax else { return nil }
        return rowCount >= pageSize || reached < total ?? .max ? reached : nil
    }

    func page(_ images: [Image], next: PagePosition?) -> ListPage {
        ListPage(
            images: images,
            next: next,
            total: total,
            unreadableCount: unreadableCount,
            drift: drift,
            objects: objects
        )
    }
}

extension ListPage {
    /// A bare array, which is all there is; `null` is how a Go service writes an empty one.
    init(
        bareList response: UpstreamResponse,
        _ memories: PageMemories,
        _ decode: (inout RecordReader, inout [Image]) throws(JSONError) -> Void
    ) throws(UpstreamError) {
        var envelope = ListEnvelope()
        do throws(JSONError) {
            var reader = try RecordReader(response, memories)
            if try !reader.json.readNull() { try reader.images(into: &envelope.images, decode) }
            try envelope.finish(&reader)
        } catch {
            throw UpstreamError(unreadable: error, response)
        }
        self = envelope.page(envelope.images ?? [], next: nil)
    }
}
