internal import JSONText

/// Every type of problem, with the statuses it comes with. `OpenAPITests` holds it against the sources.
enum OpenAPIProblem: String, CaseIterable {
    case invalidParameter = "invalid-parameter"
    case tooManyParameters = "too-many-parameters"
    case invalidCursor = "invalid-cursor"
    case expiredCursor = "expired-cursor"
    case malformedPath = "malformed-path"
    case malformedRequest = "malformed-request"
    case conflictingCredentials = "conflicting-credentials"
    case requestRefused = "request-refused"
    case unauthorized
    case invalidToken = "invalid-token"
    case unknownCertificate = "unknown-certificate"
    case forbiddenUpstream = "forbidden-upstream"
    case foreignHost = "foreign-host"
    case foreignSite = "foreign-site"
    case notFound = "not-found"
    case methodNotAllowed = "method-not-allowed"
    case notAcceptable = "not-acceptable"
    case preconditionFailed = "precondition-failed"
    case upstreamDisabled = "upstream-disabled"
    case invalidConfiguration = "invalid-configuration"
    case rateLimited = "rate-limited"
    case revalidationLimited = "revalidation-limited"
    case overloaded
    case draining
    case keysUnavailable = "keys-unavailable"
    case upstreamFailure = "upstream-failure"
    case incomplete
    case upstreamTimeout = "upstream-timeout"

    var statuses: [Int] {
        switch self {
        case .invalidParameter, .tooManyParameters, .invalidCursor, .expiredCursor, .malformedPath,
            .malformedRequest, .conflictingCredentials:
            [400]
        case .unauthorized, .invalidToken, .unknownCertificate: [401]
        case .forbiddenUpstream, .foreignHost, .foreignSite: [403]
        case .notFound: [404]
        case .methodNotAllowed: [405]
        case .notAcceptable: [406]
        case .upstreamDisabled: [409]
        case .preconditionFailed: [412]
        case .requestRefused: [408, 413, 414, 417, 431, 501, 503, 505]
        case .invalidConfiguration: [422]
        case .rateLimited, .revalidationLimited: [429]
        case .upstreamFailure, .incomplete: [502]
        case .overloaded, .draining, .keysUnavailable: [503]
        case .upstreamTimeout: [504]
        }
    }

    var text: String {
        switch self {
        case .invalidParameter: "parameters are unknown, repeated or hold bad values; all are named"
        case .tooManyParameters: "there are more than \(QueryString.parametersMax) parameters"
        case .invalidCursor: "the cursor is damaged or belongs to another question or caller"
        case .expiredCursor: "the cursor is older than three days"
        case .malformedPath: "the path is not percent-encoded UTF-8"
        case .malformedRequest: "the request breaks RFC 9112; the connection is closed"
        case .conflictingCredentials:
            "the request shows two different keys or tokens (lines of one field, or Authorization and X-API-Key)"
        case .requestRefused:
            "the server does not take the request (too slow, too large, not implemented, too many connections)"
        case .unauthorized: "a client key, token or certificate is needed"
        case .invalidToken: "the token is damaged, foreign, expired or for somebody else"
        case .unknownCertificate: "the client certificate belongs to no client"
        case .forbiddenUpstream: "an upstream asked for by name is out of the key's scope"
        case .foreignHost: "an admin port without a key was asked by a name that others can have"
        case .foreignSite: "a web page of another origin asked the admin port for a change"
        case .notFound: "there is no such route or image"
        case .methodNotAllowed: "the route has other methods"
        case .notAcceptable: "the Accept field excludes application/json"
        case .preconditionFailed: "If-Match names no tag of the answer; weak tags never match"
        case .upstreamDisabled: "the upstream is switched off (enabled: false) and never called"
        case .invalidConfiguration: "the new configuration has mistakes; the old one stays in force"
        case .rateLimited: "the key's rate limit is used up"
        case .revalidationLimited: "too many requests past the cache"
        case .overloaded:
            "too many requests wait for upstreams; what is at hand is still answered (without it no question is read)"
        case .draining: "the gateway finishes what is in flight and then ends"
        case .keysUnavailable:
            "the token's key is not known, and its issuer's keys could not be read just now"
        case .upstreamFailure: "nobody who was asked could answer"
        case .incomplete:
            "require=complete, or one image, and somebody who matters could not answer"
        case .upstreamTimeout: "like the two of 502, and everybody missing ran out of time"
        }
    }

    var type: String { "urn:image-gateway:problem:\(rawValue)" }

    // MARK: Answers

    static func name(_ status: Int) -> String { "Problem\(status)" }

    /// One reusable answer per status.
    static var responses: JSONValue {
        let statuses = Set(allCases.flatMap(\.statuses)).sorted()
        return .object(statuses.map { JSONValue.Member(name($0), response($0)) })
    }

    private static func response(_ status: Int) -> JSONValue {
        let problems = allCases.filter { $0.statuses.contains(status) }
        let lines = problems.map { "`\($0.rawValue)`: \($0.text)" }
        let examples = problems.map { JSONValue.Member($0.rawValue, ["value": $0.example(status)]) }
        return [
            "description": .string(lines.joined(separator: "; ")),
            "headers": OpenAPIHeader.references(headers(status)),
            "content": [
                "application/problem+json": [
                    "schema": .schema("Problem"), "examples": .object(examples),
                ]
            ],
        ]
    }

    private static func headers(_ status: Int) -> [OpenAPIHeader] {
        let special: [Int: OpenAPIHeader] = [
            401: .authenticate, 405: .allow, 429: .retryAfter, 503: .retryAfter,
        ]
        return OpenAPIHeader.common + [.cacheControl] + [special[status]].compactMap { $0 }
    }

    private func example(_ status: Int) -> JSONValue {
        let words = rawValue.split(separator: "-").joined(separator: " ")
        let head: JSONValue = [
            "type": .string(type),
            "title": .string(words.prefix(1).uppercased() + words.dropFirst()),
            "status": .integer(status), "detail": .string(text),
            "request_id": "97bf7d0a21c9fe46-000000000006",
        ]
        switch self {
        case .invalidParameter: return head.with(["parameters": OpenAPIExamples.parameters])
        case .upstreamFailure, .incomplete, .upstreamTimeout:
            return head.with(["upstreams": [OpenAPIExamples.failedUpstream]])
        default: return head
        }
    }
}
