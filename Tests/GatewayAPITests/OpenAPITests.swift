import HTTPWire
import JSONText
import TestKit
import Testing

@testable import GatewayAPI

@Suite("OpenAPIDocument")
struct OpenAPITests {
    private let document: JSONValue
    private let checker: SchemaChecker

    init() throws {
        let bounds = ListQueryDecoder.Bounds(
            pageSize: 50,
            pageSizeMax: 1_000,
            deadline: .seconds(2),
            providers: ["aries", "gmi"],
            upstreams: ["secret-upstream"]
        )
        document = try JSONValue(parsing: OpenAPIDocument(bounds).bytes)
        checker = SchemaChecker(document: document)
    }

    private func parameters(_ path: String, _ place: String) -> [JSONValue] {
        let all = document["paths"]?[path]?["get"]?["parameters"]?.arrayValue ?? []
        return all.filter { $0["in"]?.stringValue == place }
    }

    private func names(_ parameters: [JSONValue]) -> [String] {
        parameters.compactMap { $0["name"]?.stringValue }
    }

    private func schema(_ name: String) -> JSONValue { ["$ref": "#/components/schemas/\(name)"] }

    /// Every value of that key, anywhere.
    private func all(_ key: String, in value: JSONValue) -> [JSONValue] {
        switch value {
        case .object(let members):
            members.flatMap { ($0.key == key ? [$0.value] : []) + all(key, in: $0.value) }
        case .array(let elements): elements.flatMap { all(key, in: $0) }
        default: []
        }
    }

    // MARK: The whole

    @Test("Every reference leads somewhere, and every operation has a name of its own")
    func references() {
        for reference in all("$ref", in: document).compactMap(\.stringValue) {
            #expect(checker.resolve(reference) != nil, "\(reference)")
        }
        let ids = all("operationId", in: document["paths"] ?? .null).compactMap(\.stringValue)
        #expect(ids.count == Set(ids).count)
    }

    @Test("Upstreams of the configuration do not show")
    func scope() {
        var writer = JSONWriter()
        document.write(to: &writer)
        #expect(!writer.text.contains("secret-upstream"))
        #expect(writer.text.contains("\"aries\",\"gmi\""))
    }

    @Test("Every route of both ports is documented, and nothing else is")
    func routes() {
        let paths = (document["paths"]?.objectValue ?? []).map(\.key)
        #expect(Set(paths) == Set(Router.routes + AdminResponder.routes))
    }

    // MARK: Parameters

    @Test("The list's parameters are those of the table, in its order")
    func listParameters() {
        #expect(names(parameters("/v1/images", "query")) == ListParameter.allCases.map(\.rawValue))
        #expect(names(parameters("/v1/images/{id}", "query")) == ["fields"])
    }

    @Test("Every parameter has a description and an example that its schema and the decoder accept")
    func examples() throws {
        let bounds = ListQueryDecoder.Bounds(
            pageSize: 50,
            pageSizeMax: 1_000,
            deadline: .seconds(2),
            providers: ["huawei-ims", "tencent-cvm"],
            upstreams: ["huawei-bj4"]
        )
        let schemas = SchemaChecker(document: OpenAPIDocument.content(bounds))
        for parameter in ListParameter.allCases {
            let object = parameter.openAPI(bounds)
            #expect(object["description"]?.stringValue?.isEmpty == false)
            guard let example = object["example"] else {
                #expect(parameter == .cursor)
                continue
            }
            #expect(schemas.complaints(example, object["schema"] ?? .null) == [], "\(parameter)")
            let values = example.arrayValue ?? [example]
            let text = values.map { value in
                if case .number(let text) = value { return text }
                return value.stringValue ?? ""
            }
            let query = "\(parameter.rawValue)=" + QueryString.encode(text.joined(separator: ","))
            _ = try ListQueryDecoder.decode(QueryString(query), bounds: bounds)
        }
    }

    @Test("Vocabularies of parameters are accepted word by word")
    func vocabularies() throws {
        let bounds = ListQueryDecoder.Bounds(
            pageSize: 50,
            pageSizeMax: 1_000,
            deadline: .seconds(2),
            providers: ["aries", "gmi"],
            upstreams: []
        )
        for parameter in parameters("/v1/images", "query") {
            let schema = parameter["schema"]?["items"] ?? parameter["schema"]
            for word in schema?["enum"]?.arrayValue ?? [] {
                let query = "\(names([parameter])[0])=\(word.stringValue ?? "")"
                _ = try ListQueryDecoder.decode(QueryString(query), bounds: bounds)
            }
        }
    }

    // MARK: Answers

    @Test("A list answer in which every member occurs conforms, and every documented member occurs")
    func list() throws {
        let (lead, body, _) = AnswerEncoder.encode(SampleGateway.list())
        let answer = try JSONValue(parsing: Array(lead.joined()) + body)
        #expect(checker.complaints(answer, schema("ImageList")) == [])
        let image = document["components"]?["schemas"]?["Image"]?["properties"]?.objectValue ?? []
        #expect(Set(image.map(\.key)) == Set((answer["images"]?[0]?.objectValue ?? []).map(\.key)))
        let list =
            document["components"]?["schemas"]?["ImageList"]?["properties"]?.objectValue ?? []
        #expect(list.map(\.key) == (answer.objectValue ?? []).map(\.key))
    }

    @Test(
        "Real answers conform",
        arguments: [
            ("/v1/images", "ImageList"), ("/v1/upstreams", "UpstreamList"),
            ("/v1/images?a=b&limit=0", "Problem"), ("/v1/images?cursor=x", "Problem"),
            ("/v1/images/nosuch", "Problem"), ("/nosuch", "Problem"), ("/%ff", "Problem"),
        ]
    )
    func answers(_ target: String, _ name: String) async throws {
        let response = try await SampleGateway().get(target)
        let body = try JSONValue(parsing: response.body)
        #expect(checker.complaints(body, schema(name)) == [])
    }

    @Test("Examples conform to their schemas")
    func schemaExamples() {
        for schema in document["components"]?["schemas"]?.objectValue ?? [] {
            for example in schema.value["examples"]?.arrayValue ?? [] {
                #expect(checker.complaints(example, schema.value) == [], "\(schema.key)")
            }
        }
        for response in document["components"]?["responses"]?.objectValue ?? [] {
            for example in all("value", in: all("examples", in: response.value)[0]) {
                guard example["type"] != nil else { continue }
                #expect(checker.complaints(example, schema("Problem")) == [], "\(response.key)")
            }
        }
    }

    @Test("Every type of problem in the sources is documented, and no other")
    func problems() throws {
        let root = SourceFile.directory(2, above: #filePath)
        var slugs: Set<Substring> = []
        for path in SourceFile.paths(below: "\(root)/Sources/GatewayAPI", endingIn: ".swift") {
            for line in try SourceFile.text(of: path).split(separator: "\n") {
                slugs.formUnion(self.slugs(in: line))
            }
        }
        #expect(slugs == Set(OpenAPIProblem.allCases.map { $0.rawValue[...] }))
    }

    /// The texts in quotes between `slug:` and the next argument.
    private func slugs(in line: Substring) -> [Substring] {
        guard let range = line.firstRange(of: "slug:") else { return [] }
        let rest = line[range.upperBound...]
        let argument = rest[..<(rest.firstIndex(of: ",") ?? rest.endIndex)]
        let parts = argument.split(separator: "\"", omittingEmptySubsequences: false)
        return parts.indices.filter { $0 % 2 == 1 }.map { parts[$0] }
    }

    // MARK: The route

    @Test("The document is JSON with a tag, and the tag spares sending it again")
    func route() async throws {
        let gateway = try SampleGateway()
        let response = await gateway.get("/openapi.json")
        #expect(response.status == 200)
        #expect(response.fields.value(of: "content-type") == "application/json")
        let tag = try #require(response.fields.value(of: "etag"))
        let again = await gateway.get("/openapi.json", fields: [HTTPField("if-none-match", tag)])
        #expect(again.status == 304)
        #expect(again.body.isEmpty)
        #expect(again.fields.value(of: "etag") == tag)
    }
}
