import JSONText
import Testing

@testable import Configuration

@Suite("JSON Schema and loader")
struct SchemaAgreementTests {
    private let schema = ConfigurationSchema(descriptors: SampleProviders.all)
    private let loader = ConfigurationLoader(
        descriptors: SampleProviders.all,
        environment: { _ in String(repeating: "ab", count: 32) },
        readFile: { _ throws(ConfigurationFileFault) in
            Array("-----BEGIN CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----".utf8)
        }
    )

    /// What stands in for each value of the example in turn; `nil` removes it.
    private static let probes: [JSONValue?] = [
        nil, .null, .bool(true), .bool(false), .number("7"), .number("1.5"), .number("-1"),
        .number("0"),
        .number("1e300"), .string(""), .string("x"), .string("10s"), .string("10"),
        .string("10MiB"),
        .string("*"), .string("127.0.0.1:80"), .string("https://x.example"), .string("3.0"),
        .string("HTTP://X.example:80"),
        .string("gmi"),
        .array([]), .array([.string("x")]), .array([.number("1")]), .object([]),
        .object([.init("env", .string("X"))]), .object([.init("file", .string("x"))]),
        .object([.init("unknown", .number("1"))]),
    ]

    private static let fewProbes: [JSONValue?] = [
        nil, .number("7"), .string("x"), .object([.init("unknown", .number("1"))]),
    ]

    @Test("Whatever the schema refuses the loader refuses, and the loader refuses no shape alone")
    func everyKeyAndEveryType() throws {
        let checker = try MiniSchema(schema.jsonSchema())
        var known: Set<[Step]> = []
        for document in try documents() {
            #expect(try checker.accepts(document))
            for path in Self.paths(of: document, at: []) {
                // Every type once for each key; then what a provider's rules can tell apart.
                let isNew = known.insert(path).inserted
                for probe in isNew ? Self.probes : Self.fewProbes {
                    let changed = Self.replace(path[...], in: document, with: probe) ?? .null
                    let label = "\(path) = \(probe.map(JSONLayout.inline) ?? "absent")"
                    try compare(changed, checker, label)
                }
            }
        }
    }

    @Test("Schema and loader agree on documents with several values exchanged at random")
    func random() throws {
        let seed = UInt64.random(in: 0...(.max))
        var random = SeededGenerator(seed: seed)
        let checker = try MiniSchema(schema.jsonSchema())
        let documents = try documents()
        for _ in 0..<200 {
            guard var document = documents.randomElement(using: &random) else { return }
            let paths = Self.paths(of: document, at: [])
            for _ in 0..<Int.random(in: 2...4, using: &random) {
                guard let path = paths.randomElement(using: &random) else { continue }
                let probe = Self.probes.randomElement(using: &random) ?? nil
                document = Self.replace(path[...], in: document, with: probe) ?? .null
            }
            try compare(document, checker, "seed \(seed): \(JSONLayout.inline(document))")
        }
    }

    /// The example in pieces, each a small document: each section and each upstream by itself.
    private func documents() throws -> [JSONValue] {
        let example = try Self.json(of: schema.example())
        guard case .object(let sections) = example,
            case .array(let upstreams)? = example["upstreams"]
        else { return [] }
        let small = JSONValue.object([
            .init("id", .string("a")), .init("provider", .string("aries")),
            .init("endpoint", .string("http://127.0.0.1:1")),
        ])
        let ofSections = sections.filter { $0.key != "upstreams" }.map { section in
            JSONValue.object([section, .init("upstreams", .array([small]))])
        }
        return ofSections + upstreams.map { .object([.init("upstreams", .array([$0]))]) }
    }

    private func compare(_ document: JSONValue, _ checker: MiniSchema, _ label: String) throws {
        let errors = loader.load(text: JSONLayout.inline(document), file: "g").errors
        if try checker.accepts(document) {
            let shapes = errors.filter { Self.isAboutShape($0.message) }
            #expect(shapes == [], "the schema accepts \(label)")
        } else {
            #expect(!errors.isEmpty, "the schema refuses \(label)")
        }
    }

    /// Problems that a schema can tell: keys and types. Ranges and combinations are the loader's own.
    private static func isAboutShape(_ message: String) -> Bool {
        [
            "must be", "unknown key", "is missing", "bare number", "null is no", "no such key",
            "lacks a unit",
        ]
        .contains { message.contains($0) } && !message.contains("has no dialect")
    }

    private enum Step: Hashable {
        case key(String)
        case index(Int)
    }

    private static func paths(of value: JSONValue, at path: [Step]) -> [[Step]] {
        switch value {
        case .object(let members):
            [path] + members.flatMap { paths(of: $0.value, at: path + [.key($0.key)]) }
        case .array(let elements):
            [path]
                + elements.enumerated().flatMap {
                    paths(of: $0.element, at: path + [.index($0.offset)])
                }
        default: [path]
        }
    }

    private static func replace(
        _ path: ArraySlice<Step>,
        in value: JSONValue,
        with probe: JSONValue?
    ) -> JSONValue? {
        guard let step = path.first else { return probe }
        switch (step, value) {
        case (.key(let key), .object(let members)):
            return .object(
                members.compactMap { member in
                    guard member.key == key else { return member }
                    return replace(path.dropFirst(), in: member.value, with: probe).map {
                        .init(key, $0)
                    }
                }
            )
        case (.index(let index), .array(let elements)):
            return .array(
                elements.enumerated().compactMap { place, element in
                    place == index ? replace(path.dropFirst(), in: element, with: probe) : element
                }
            )
        default: return value
        }
    }

    /// The example as JSON, by way of the loader's own reading of JSON5.
    private static func json(of example: [UInt8]) throws -> JSONValue {
        json(of: try JSON5Document(example).tree)
    }

    private static func json(of tree: JSON5Tree) -> JSONValue {
        switch tree {
        case .null, .unrepresentable: .null
        case .flag(let flag): .bool(flag)
        case .integer(let value): .number(String(value))
        case .number(let value): .number(String(value))
        case .text(let text): .string(text)
        case .list(let elements): .array(elements.map(json))
        case .object(let members):
            .object(members.sorted { $0.key < $1.key }.map { .init($0.key, json(of: $0.value)) })
        }
    }
}
