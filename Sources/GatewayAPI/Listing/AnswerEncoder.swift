internal import Catalogs
internal import Federation
internal import ImageModel
internal import JSONText

/// Writes the answer of `GET /v1/images`.
enum AnswerEncoder {
    /// The content, and where in it each upstream's age stands.
    static func encode(
        _ answer: ListAnswer
    ) -> (bytes: [UInt8], ages: [(offset: Int, age: Duration)]) {
        var ages: [(offset: Int, age: Duration)] = []
        var writer = JSONWriter(reservingCapacity: answer.page.rows.count + 2_048)
        writer.object { writer in
            writer.key("images")
            writer.array { writer in
                if answer.page.rowCount > 0 { writer.raw(answer.page.rows) }
            }
            writer.member("next_cursor", answer.nextCursor)
            writer.member("total", answer.page.total)
            writer.member("complete", answer.isComplete)
            writer.key("upstreams")
            writer.array { writer in
                for upstream in answer.upstreams {
                    let offset = upstream.write(to: &writer)
                    if let age = upstream.age { ages.append((offset, age)) }
                }
            }
            if !answer.page.facets.isEmpty { write(answer.page.facets, to: &writer) }
        }
        return (writer.bytes, ages)
    }

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
