internal import Catalogs
internal import Federation
internal import ImageModel
internal import JSONText

/// Writes the answer of `GET /v1/images`.
enum AnswerEncoder {
    /// The content in pieces: what opens it, the rows as the catalog made them, the rest; and where in the
    /// whole of it each upstream's age stands.
    static func encode(
        _ answer: ListAnswer
    ) -> (lead: [[UInt8]], body: [UInt8], ages: [(offset: Int, age: Duration)]) {
        let start = opening.count + answer.page.rows.count
        var ages: [(offset: Int, age: Duration)] = []
        var writer = JSONWriter(reservingCapacity: 2_048)
        writer.fragment("],\"next_cursor\":")
        if let cursor = answer.nextCursor { writer.string(cursor) } else { writer.null() }
        writer.fragment(",\"total\":")
        writer.integer(answer.page.total)
        writer.fragment(answer.isComplete ? ",\"complete\":true," : ",\"complete\":false,")
        writer.key("upstreams")
        writer.array { writer in
            ages.reserveCapacity(answer.upstreams.count)
            for index in answer.upstreams.indices {
                let offset = answer.upstreams[index].write(to: &writer)
                if let age = answer.upstreams[index].age { ages.append((start + offset, age)) }
            }
        }
        if !answer.page.facets.isEmpty { write(answer.page.facets, to: &writer) }
        writer.fragment("}")
        return ([opening, answer.page.rows], writer.bytes, ages)
    }

    private static let opening = Array("{\"images\":[".utf8)

    private static func write(
        _ facets: [(FacetField, [(value: String, count: Int)])],
        to writer: inout JSONWriter
    ) {
        writer.key("facets")
        writer.object { writer in
            for (field, counts) in facets {
                writer.key(field.rawValue)
                writer.object { writer in
                    for (value, count) in counts { writer.member(value, count) }
                }
            }
        }
    }
}
