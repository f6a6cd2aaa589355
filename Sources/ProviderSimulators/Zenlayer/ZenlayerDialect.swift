import HTTPWire
import JSONText

/// Zenlayer's VM API: errors have statuses and no wrapper, answers have both.
struct ZenlayerDialect: Dialect {
    static let provider = SimulatedProvider.zenlayer
    static let path = "/api/v2/vm"
    private static let versions: Set<String> = ["2023-03-13", "2026-04-01"]

    let world: SimulatorWorld

    func answer(_ request: HTTPRequest, now: Int64) async -> DialectAnswer {
        let route = "POST \(Self.path)"
        guard request.method == "POST" else {
            return DialectAnswer(.methodNotAllowed("POST"), route: "other")
        }
        do {
            try ZenlayerSignature.check(request, world.credentials, now: now / 1_000_000)
            let (action, isDraftAction) = try action(request)
            if action == "DescribeZones" { return zones(route) }
            let query = try ZenlayerQuery(json(request))
            return await list(query, isDraft: isDraftAction || query.isDraft, route)
        } catch {
            return failure(error, route)
        }
    }

    /// The draft's sample names its action in a field of another provider.
    private func action(
        _ request: HTTPRequest
    ) throws(ZenlayerError) -> (name: String, isDraft: Bool) {
        let draftAction = request.fields.value(of: "x-tc-action")
        guard let action = request.fields.value(of: "x-zc-action") ?? draftAction else {
            throw .missing("X-ZC-Action")
        }
        guard ["DescribeImages", "DescribeZones"].contains(action) else { throw .action }
        if draftAction == nil {
            guard let version = request.fields.value(of: "x-zc-version") else {
                throw .missing("X-ZC-Version")
            }
            guard Self.versions.contains(version) else { throw .value("X-ZC-Version") }
        }
        return (action, draftAction != nil)
    }

    private func json(_ request: HTTPRequest) throws(ZenlayerError) -> JSONValue {
        let type = request.fields.value(of: "content-type") ?? ""
        guard type.prefix(while: { $0 != ";" }).lowercased() == "application/json" else {
            throw .value("Content-Type")
        }
        do {
            return try JSONValue(parsing: request.body, limits: JSONLimits(depthMax: 16))
        } catch {
            throw .type("body")
        }
    }

    private func list(
        _ query: ZenlayerQuery,
        isDraft: Bool,
        _ route: String
    ) async -> DialectAnswer {
        let edition = world.edition(.zenlayer)
        let question = query.question
        let serials =
            question.isEmpty
            ? world.listings.all(edition)
            : await world.listings.matching(edition, question: question) { query.matches($0) }
        let first = min((query.pageNumber - 1) * query.pageSize, serials.count)
        let page = serials[first..<min(first + query.pageSize, serials.count)]
        let response = envelope { writer in
            writer.member("totalCount", serials.count)
            writer.key(isDraft ? "images" : "dataSet")
            writer.beginArray()
            for serial in page {
                let image = ZenlayerImage(serial: Int(serial), in: edition)
                isDraft ? image.writeAsDraft(to: &writer) : image.write(to: &writer)
            }
            writer.endArray()
        }
        return DialectAnswer(response, route: route, rowCount: page.count)
    }

    private func zones(_ route: String) -> DialectAnswer {
        let response = envelope { writer in
            writer.key("zoneSet")
            writer.array { writer in
                for zone in ZenlayerQuery.zones.sorted() {
                    writer.object { writer in
                        writer.member("zoneId", zone)
                        writer.member("zoneName", zone)
                        writer.member("supportSecurityGroup", true)
                    }
                }
            }
        }
        return DialectAnswer(response, route: route)
    }

    private func envelope(_ body: (inout JSONWriter) -> Void) -> HTTPResponse {
        let id = requestID()
        return .json { writer in
            writer.member("requestId", id)
            writer.key("response")
            writer.object { writer in
                writer.member("requestId", id)
                body(&writer)
            }
        }
    }

    private func failure(_ error: ZenlayerError, _ route: String) -> DialectAnswer {
        let response = HTTPResponse.json(status: error.status) { writer in
            writer.member("requestId", requestID())
            writer.member("code", error.code)
            writer.member("message", error.message)
        }
        return DialectAnswer(response, route: route)
    }

    private func requestID() -> String { "T" + world.requestID().uppercased() }
}
