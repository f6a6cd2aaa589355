import JSONText

extension ConfigurationSchema {
    /// JSON Schema (2020-12) of the configuration, laid out for people, ending in a line end.
    ///
    /// It says what a schema can: keys, types, units, numeric ranges, which keys go with which provider.
    /// Ranges of durations and sizes, references and combinations are the loader's.
    public func jsonSchema() -> [UInt8] {
        var members: [JSONValue.Member] = [
            .init("$schema", .string("https://json-schema.org/draft/2020-12/schema")),
            .init("$id", .string("urn:image-gateway:configuration")),
            .init("title", .string("Configuration of image-gateway")),
        ]
        members += Self.objectMembers(root, upstreamRules: providerRules())
        members.append(.init("$defs", .object([.init("secret", Self.secretSchema)])))
        return Array(JSONLayout.text(.object(members)).utf8)
    }

    private static func objectMembers(
        _ object: SchemaObject,
        upstreamRules: JSONValue
    ) -> [JSONValue.Member] {
        let properties = object.keys.map { key in
            JSONValue.Member(key.name, property(key, upstreamRules))
        }
        let required = object.keys.filter(\.isRequired).map { JSONValue.string($0.name) }
        var members = [JSONValue.Member("type", .string("object"))]
        members.append(.init("properties", .object(properties)))
        if !required.isEmpty { members.append(.init("required", .array(required))) }
        members.append(.init("additionalProperties", .bool(false)))
        if !object.choice.isEmpty {
            let forms = object.choice.map { key in
                JSONValue.object([.init("required", .array([.string(key)]))])
            }
            members.append(.init("oneOf", .array(forms)))
        }
        // The switch marks the one object whose keys depend on its provider.
        if object.switchKey != nil { members.append(.init("allOf", upstreamRules)) }
        return members
    }

    private static func property(_ key: SchemaKey, _ upstreamRules: JSONValue) -> JSONValue {
        var members = [JSONValue.Member("description", .string(key.documentation))]
        members += kindMembers(key.kind, upstreamRules)
        if let standard = key.standard { members.append(.init("default", standard.json)) }
        return .object(members)
    }

    private static func kindMembers(
        _ kind: SchemaKind,
        _ upstreamRules: JSONValue
    ) -> [JSONValue.Member] {
        switch kind {
        case .text(let rule): textMembers(rule)
        case .integer(let range):
            [
                .init("type", .string("integer")), .init("minimum", .number("\(range.lowerBound)")),
                .init("maximum", .number("\(range.upperBound)")),
            ]
        case .number(let range):
            [
                .init("type", .string("number")),
                .init("exclusiveMinimum", .number("\(Int(range.lowerBound))")),
                .init("maximum", .number("\(Int(range.upperBound))")),
            ]
        case .ratio:
            [
                .init("type", .string("number")), .init("minimum", .number("0")),
                .init("maximum", .number("1")),
            ]
        case .flag: [.init("type", .string("boolean"))]
        case .duration: measureMembers(DurationText.measure)
        case .size: measureMembers(SizeText.measure)
        case .secret: [.init("$ref", .string("#/$defs/secret"))]
        case .credentials: credentialMembers
        case .object(let object): objectMembers(object, upstreamRules: upstreamRules)
        case .list(let element, let counts):
            [
                .init("type", .string("array")), .init("minItems", .number("\(counts.lowerBound)")),
                .init("maxItems", .number("\(counts.upperBound)")),
                .init("items", .object(kindMembers(element, upstreamRules))),
            ]
        }
    }

    private static func textMembers(_ rule: TextRule) -> [JSONValue.Member] {
        if case .choice(let words) = rule {
            return [.init("enum", .array(words.map { .string($0) }))]
        }
        let members = [JSONValue.Member("type", .string("string"))]
        guard let pattern = rule.pattern else {
            return members + [.init("minLength", .number("1"))]
        }
        return members + [.init("pattern", .string(pattern))]
    }

    private static func measureMembers(_ measure: MeasureText) -> [JSONValue.Member] {
        let units = measure.units.map(\.name).joined(separator: "|")
        return [
            .init("type", .string("string")), .init("pattern", .string("^[0-9]+(\(units))$")),
        ]
    }

    private static let credentialMembers: [JSONValue.Member] = [
        .init("type", .string("object")),
        .init("additionalProperties", .object([.init("$ref", .string("#/$defs/secret"))])),
    ]

    private static let secretSchema: JSONValue = .object([
        .init(
            "anyOf",
            .array([
                .object([.init("type", .string("string")), .init("minLength", .number("1"))]),
                reference("env", .init("pattern", .string("^[A-Za-z_][A-Za-z0-9_]{0,127}$"))),
                reference("file", .init("minLength", .number("1"))),
            ])
        )
    ])

    private static func reference(_ key: String, _ rule: JSONValue.Member) -> JSONValue {
        let value = JSONValue.object([.init("type", .string("string")), rule])
        return .object([
            .init("type", .string("object")), .init("properties", .object([.init(key, value)])),
            .init("required", .array([.string(key)])), .init("additionalProperties", .bool(false)),
        ])
    }
}
