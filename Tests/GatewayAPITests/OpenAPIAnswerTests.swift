import Configuration
import Cryptography
import Federation
import HTTPWire
import JSONText
import Observability
import Testing
import Upstreams

@testable import GatewayAPI

/// The document against what is answered, both ways: nothing comes that it does not describe, and nothing
/// is described that does not come.
@Suite("OpenAPIDocument and answers")
struct OpenAPIAnswerTests {
    /// One answer and the operation it belongs to.
    private struct Seen {
        var path: String
        var method = "GET"
        var response: HTTPResponse

        var status: Int { response.status }
        var names: Set<String> {
            Set(response.fields.map { $0.name.lowercased() }).subtracting(["content-type"])
        }
    }

    private let document: JSONValue
    private let checker: SchemaChecker

    init() throws {
        document = try JSONValue(parsing: SampleGateway().responder.service.document.bytes)
        checker = SchemaChecker(document: document)
    }

    // MARK: What is documented

    private func resolved(_ value: JSONValue?) -> JSONValue? {
        guard let reference = value?["$ref"]?.stringValue else { return value }
        return checker.resolve(reference)
    }

    private func answers(_ seen: Seen) -> [(status: Int, answer: JSONValue)] {
        let operation = document["paths"]?[seen.path]?[seen.method.lowercased()]
        return (operation?["responses"]?.objectValue ?? []).compactMap { member in
            guard let status = Int(member.key), let answer = resolved(member.value) else {
                return nil
            }
            return (status, answer)
        }
    }

    private func headers(_ answer: JSONValue) -> Set<String> {
        Set((answer["headers"]?.objectValue ?? []).map { $0.key.lowercased() })
    }

    // MARK: What is answered

    private static let origin = HTTPField("origin", "https://portal.example")
    private static let key = HTTPField("x-api-key", "secret")
    private let idle = "/v1/images/gmi:us:nosuch"
    private let routes = [
        ("/v1/images", "/v1/images?limit=5&explain=true"),
        ("/v1/images/{id}", "/v1/images/gmi:us:1"),
        ("/v1/upstreams", "/v1/upstreams"), ("/openapi.json", "/openapi.json"),
    ]
    private let pages = [
        ("/", "/"), ("/docs", "/docs"),
        ("/assets/{version}/{name}", "/assets/\(WebAssets.embedded.version)/base.css"),
    ]

    private func client(limit: ClientRateLimit? = nil) -> ClientConfiguration {
        ClientConfiguration(
            id: "portal",
            identity: .key(sha256: Digest.sha256.hash("secret")),
            upstreams: .only(["seen"]),
            rateLimit: limit
        )
    }

    /// What comes of every public route on good days.
    private func good() async throws -> [Seen] {
        var seen: [Seen] = []
        let cloud = try SampleCloud(origins: ["https://portal.example"])
        for (path, target) in routes + pages {
            let accept = HTTPField("accept", path == "/" ? "text/html" : "*/*")
            let gzip = HTTPField("accept-encoding", "gzip")
            for fields in [[Self.origin, accept], [Self.origin, accept, gzip]] {
                seen.append(Seen(path: path, response: await cloud.get(target, fields)))
            }
            guard let tag = seen.last?.response.fields.value(of: "etag") else { continue }
            let condition = HTTPField("if-none-match", tag)
            let again = await cloud.get(target, [Self.origin, accept, condition])
            seen.append(Seen(path: path, response: again))
        }
        seen.append(Seen(path: "/", response: await cloud.get("/")))
        return seen
    }

    /// What comes of mistakes of the caller.
    private func mistaken() async throws -> [Seen] {
        var seen: [Seen] = []
        let cloud = try SampleCloud(origins: ["https://portal.example"])
        for (path, target) in routes + pages {
            let post = await cloud.responder.respond(
                to: HTTPRequest(method: "POST", target: target, fields: [Self.origin])
            )
            seen.append(Seen(path: path, response: post))
            let accept = HTTPField("accept", path == "/" ? "text/html" : "*/*")
            let other = await cloud.get(target, [HTTPField("if-match", "\"a\""), accept])
            seen.append(Seen(path: path, response: other))
        }
        for (path, target) in routes {
            let picky = await cloud.get(target, [HTTPField("accept", "text/plain")])
            seen.append(Seen(path: path, response: picky))
            let keyed = try SampleCloud(
                clients: [client(limit: ClientRateLimit(requestsPerSecond: 1, burst: 1))]
            )
            for fields in [[], [Self.key], [Self.key]] {
                seen.append(Seen(path: path, response: await keyed.get(target, fields)))
            }
        }
        let list = ["?limit=0", "?cursor=x", "?nosuch=%ff"]
        for query in list {
            seen.append(Seen(path: "/v1/images", response: await cloud.get("/v1/images\(query)")))
        }
        for target in ["\(idle)?limit=1", idle, "/v1/images/%ff"] {
            seen.append(Seen(path: "/v1/images/{id}", response: await cloud.get(target)))
        }
        let scoped = try SampleCloud(clients: [client()])
        let hidden = await scoped.get("/v1/images?upstream=hidden", [Self.key])
        seen.append(Seen(path: "/v1/images", response: hidden))
        let file = await cloud.get("/assets/x/nosuch")
        seen.append(Seen(path: "/assets/{version}/{name}", response: file))
        return seen
    }

    /// What comes where upstreams or the gateway itself are in trouble.
    private func troubled() async throws -> [Seen] {
        var seen: [Seen] = []
        for (path, target) in routes.prefix(2) {
            let failing = try SampleCloud(failure: UpstreamError(.unauthorized, "no"))
            seen.append(Seen(path: path, response: await failing.get(target)))
            let cached = HTTPField("cache-control", "only-if-cached")
            let empty = try SampleCloud()
            seen.append(Seen(path: path, response: await empty.get(target, [cached])))
            let full = try SampleCloud(coldRequestsMax: 0)
            seen.append(Seen(path: path, response: await full.get(target)))
            let cloud = try SampleCloud()
            for _ in 0..<7 {
                let again = await cloud.get(target, [HTTPField("cache-control", "no-cache")])
                seen.append(Seen(path: path, response: again))
            }
        }
        return seen
    }

    private func adminResponder(_ cloud: SampleCloud, isWell: Bool = true) -> AdminResponder {
        AdminResponder(
            service: cloud.responder.service,
            timekeeper: cloud.responder.timekeeper,
            requestIDs: RequestIDGenerator(processSeed: 1, loop: 1),
            controls: AdminResponder.Controls(
                key: Array("secret".utf8),
                metrics: { "up 1\n" },
                reload: {
                    isWell ? .reloaded(change: "clients") : .refused(reason: "line 1: wrong")
                },
                isReady: { isWell },
                answered: { _ in }
            )
        )
    }

    /// What is told of an upstream that is switched off; it is not called.
    private func switchedOff() async throws -> Seen {
        let cloud = try SampleCloud(isEnabled: false)
        let response = await adminResponder(cloud).respond(
            to: HTTPRequest(
                method: "POST",
                target: "/v1/upstreams/seen:refresh",
                fields: [Self.key]
            )
        )
        let status = cloud.nodes[0].status(now: cloud.responder.timekeeper.now)
        #expect(!status.isEnabled && status.walks == 0)
        return Seen(path: "/v1/upstreams/{id}:refresh", method: "POST", response: response)
    }

    private func admin() async throws -> [Seen] {
        let cloud = try SampleCloud()
        var seen = [try await switchedOff()]
        for isWell in [true, false] {
            let responder = adminResponder(cloud, isWell: isWell)
            for path in AdminResponder.routes {
                let verb = document["paths"]?[path]?["post"] == nil ? "GET" : "POST"
                let other = verb == "GET" ? "POST" : "GET"
                let foreign = [Self.key, HTTPField("host", "a.example"), Self.origin]
                responder.replace(
                    cloud.responder.service,
                    key: verb == "GET" ? nil : Array("secret".utf8)
                )
                let target = path.replacing("{id}", with: isWell ? "seen" : "nosuch")
                let refused = await responder.respond(
                    to: HTTPRequest(method: verb, target: target, fields: foreign)
                )
                seen.append(Seen(path: path, method: verb, response: refused))
                responder.replace(cloud.responder.service, key: Array("secret".utf8))
                for (method, fields) in [(verb, [Self.key]), (verb, []), (other, [Self.key])] {
                    let response = await responder.respond(
                        to: HTTPRequest(method: method, target: target, fields: fields)
                    )
                    seen.append(Seen(path: path, method: verb, response: response))
                }
            }
        }
        return seen
    }

    private func everything() async throws -> [Seen] {
        let publicOnes = try await good() + mistaken() + troubled()
        return try await publicOnes + admin()
    }

    // MARK: Both ways

    @Test("Every status, header and type that comes is documented, and its content conforms")
    func documented() async throws {
        for seen in try await everything() {
            let place = "\(seen.method) \(seen.path) \(seen.status)"
            guard let answer = answers(seen).first(where: { $0.status == seen.status })?.answer
            else {
                Issue.record("\(place) is not documented")
                continue
            }
            #expect(seen.names.subtracting(headers(answer)) == [], "\(place)")
            guard !seen.response.body.isEmpty else { continue }
            let field = seen.response.fields.value(of: "content-type") ?? ""
            let type = String(field.prefix { $0 != ";" })
            let content = try #require(answer["content"]?[type], "\(place): \(type)")
            guard type.hasSuffix("json"), !seen.names.contains("content-encoding") else { continue }
            let body = try JSONValue(parsing: seen.response.body)
            #expect(checker.complaints(body, content["schema"] ?? .null) == [], "\(place)")
        }
    }

    @Test("Every documented status comes, those that end a connection from the server itself")
    func statuses() async throws {
        let seen = try await everything()
        for (path, method) in operations() {
            let sample = Seen(path: path, method: method, response: HTTPResponse(status: 0))
            let documented = Set(answers(sample).map(\.status))
            let come = seen.filter { $0.path == path && $0.method == method }.map(\.status)
            let missing = documented.subtracting(come).subtracting(OpenAPIOperation.refusals)
            #expect(missing == [], "\(method) \(path)")
            #expect(documented.isSuperset(of: OpenAPIOperation.refusals), "\(method) \(path)")
        }
    }

    @Test("Every documented header of a good answer comes, and so does every one of a problem")
    func comingHeaders() async throws {
        let seen = try await everything()
        for (path, method) in operations() {
            let own = seen.filter { $0.path == path && $0.method == method }
            for (status, answer) in answers(own[0]) where status < 400 {
                let names = own.filter { $0.status == status }.reduce(into: Set<String>()) {
                    $0.formUnion($1.names)
                }
                // Short answers are never compressed.
                let silent = headers(answer).subtracting(names).subtracting(["content-encoding"])
                #expect(silent == [], "\(method) \(path) \(status)")
            }
        }
        let problems = seen.filter { $0.status >= 400 }.reduce(into: Set<String>()) {
            $0.formUnion($1.names)
        }
        let documented = (document["components"]?["responses"]?.objectValue ?? [])
            .reduce(into: Set<String>()) { $0.formUnion(headers($1.value)) }
        #expect(documented.subtracting(problems).subtracting(["content-encoding"]) == [])
        let all = seen.reduce(into: Set<String>()) { $0.formUnion($1.names) }
        #expect(Set(OpenAPIHeader.allCases.map { $0.rawValue.lowercased() }) == all)
    }

    @Test("What ends a connection before any route is chosen is documented for all of them")
    func refusals() throws {
        let gateway = try SampleGateway()
        let answers = RequestRefusal.Reason.allCases.map {
            gateway.responder.refuse(RequestRefusal($0), of: HTTPPeer())
        }
        #expect(Set(answers.map(\.status)) == Set(OpenAPIOperation.refusals))
        for answer in answers {
            let body = try JSONValue(parsing: answer.body)
            #expect(checker.complaints(body, ["$ref": "#/components/schemas/Problem"]) == [])
            let wait = answer.fields.value(of: "retry-after")
            #expect(wait == (answer.status == 503 ? "1" : nil))
        }
    }

    @Test("One image takes no parameter that is not documented for it")
    func imageParameters() async throws {
        let cloud = try SampleCloud()
        for parameter in ListParameter.allCases where parameter != .fields {
            let answer = await cloud.get("/v1/images/gmi:us:1?\(parameter.rawValue)=1")
            #expect(answer.status == 400, "\(parameter)")
        }
        #expect(await cloud.get("/v1/images/gmi:us:1?fields=name").status == 200)
        let wrong = await cloud.get("/v1/images/gmi:us:1?limit=1&fields=bogus&q=a&x=%zz")
        let parameters = try JSONValue(parsing: wrong.body)["parameters"]?.arrayValue ?? []
        #expect(parameters.map { $0["name"]?.stringValue } == ["limit", "q", "x", "fields"])
    }

    @Test(
        "HEAD answers like GET without content, and OPTIONS names the methods, on every public GET route"
    )
    func otherMethods() async throws {
        let cloud = try SampleCloud()
        for (path, target) in routes + pages {
            let options = await cloud.responder.respond(
                to: HTTPRequest(method: "OPTIONS", target: target)
            )
            #expect(options.status == 204, "\(path)")
            #expect(options.fields.value(of: "allow") == "GET, HEAD, OPTIONS")
            let get = await cloud.get(target)
            let head = await cloud.responder.respond(
                to: HTTPRequest(method: "HEAD", target: target)
            ).joined()
            #expect(head.status == get.status, "\(path)")
            #expect(Set(head.fields.map(\.name)) == Set(get.fields.map(\.name)), "\(path)")
        }
        let admin = try SampleGateway().admin
        for target in ["/healthz", "/readyz", "/metrics", "/v1/upstreams"] {
            let request = HTTPRequest(method: "OPTIONS", target: target)
            let options = await admin.respond(to: request)
            #expect(options.status == 405, "\(target)")
            #expect(options.fields.value(of: "allow") == "GET, HEAD")
        }
        let whole = await cloud.responder.respond(to: HTTPRequest(method: "OPTIONS", target: "*"))
        #expect(whole.status == 204 && whole.fields.value(of: "allow") == "GET, HEAD, OPTIONS")
    }

    private func operations() -> [(path: String, method: String)] {
        (document["paths"]?.objectValue ?? []).flatMap { path in
            (path.value.objectValue ?? []).filter { ["get", "post"].contains($0.key) }.map {
                (path.key, $0.key.uppercased())
            }
        }
    }
}
