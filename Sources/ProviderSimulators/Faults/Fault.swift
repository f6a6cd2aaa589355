/// Everything that a simulated provider can suffer from, by the name that the control route and files use.
public enum Fault: String, Sendable, Hashable, CaseIterable {
    case connectionRefused = "connection-refused"
    case connectionReset = "connection-reset"
    case silence
    case slowHead = "slow-head"
    case slowBody = "slow-body"
    case stallInBody = "stall-in-body"
    case shortBody = "short-body"
    case wrongContentLength = "wrong-content-length"
    case malformedJSON = "malformed-json"
    case wrongTypes = "wrong-types"
    case nulls
    case pageInHTML = "html-page"
    case redirect
    case redirectLoop = "redirect-loop"
    case unauthorized
    case forbidden
    case notFound = "not-found"
    case throttled
    case internalError = "internal-error"
    case badGateway = "bad-gateway"
    case unavailable
    case gatewayTimeout = "gateway-timeout"
    case gzipBomb = "gzip-bomb"
    case hugeBody = "huge-body"
    case endlessBody = "endless-body"
    case repeatedPage = "repeated-page"
    case foreignNext = "foreign-next"
    case lyingTotal = "lying-total"
    case repeatedImage = "repeated-image"
    case changingList = "changing-list"
    case invalidUTF8 = "invalid-utf8"
    case deepNesting = "deep-nesting"
    case absurdNumbers = "absurd-numbers"
    case controlCharacters = "control-characters"
    case headerFlood = "header-flood"
    case interimFlood = "interim-flood"
    case http10WithoutLength = "http10-without-length"
    case brokenChunks = "broken-chunks"
    case expiredToken = "expired-token"
    case clockSkew = "clock-skew"
    case notTLS = "not-tls"
    case tlsReset = "tls-reset"
    case tlsStall = "tls-stall"
    case slowFirstByte = "slow-first-byte"
    case closedWhileIdle = "closed-while-idle"
}

extension Fault {
    /// Where in the making of an answer a fault sets in. Of each place one fault at a time is at work, so that
    /// several of one provider add up: a damaged body may also be sent slowly.
    enum Place: Sendable, Hashable, CaseIterable {
        /// At the provider's own port, before a request is read.
        case door
        /// The provider's clock.
        case clock
        /// The list behind the answer, or which page of it is told.
        case list
        /// The rows and members of the answer.
        case body
        /// Another answer altogether.
        case answer
        /// How the answer is sent.
        case wire
    }

    var place: Place {
        switch self {
        case .connectionRefused, .notTLS, .tlsReset, .tlsStall: .door
        case .expiredToken, .clockSkew: .clock
        case .repeatedPage, .changingList: .list
        case .malformedJSON, .wrongTypes, .nulls, .foreignNext, .lyingTotal, .repeatedImage,
            .invalidUTF8, .deepNesting, .absurdNumbers, .controlCharacters:
            .body
        case .pageInHTML, .redirect, .redirectLoop, .unauthorized, .forbidden, .notFound,
            .throttled,
            .internalError, .badGateway, .unavailable, .gatewayTimeout:
            .answer
        case .connectionReset, .silence, .slowHead, .slowBody, .stallInBody, .shortBody,
            .wrongContentLength, .gzipBomb, .hugeBody, .endlessBody, .headerFlood, .interimFlood,
            .http10WithoutLength, .brokenChunks, .slowFirstByte, .closedWhileIdle:
            .wire
        }
    }

    /// Whom it can befall. Of the others nothing it changes is ever asked.
    public var sufferers: [SimulatedProvider] {
        switch self {
        // The others issue no tokens; what they sign would merely be too old.
        case .expiredToken: [.huaweiIMS, .gmi]
        // Its keys are as good at any time.
        case .clockSkew: SimulatedProvider.allCases.filter { $0 != .aries }
        // The others' lists come without a count.
        case .lyingTotal: [.zenlayer, .tencentCVM]
        default: SimulatedProvider.allCases
        }
    }

    /// How it is produced, in one sentence.
    var summary: String {
        switch self {
        case .connectionRefused: "the provider's own port is closed"
        case .connectionReset:
            "reset once the request is read; at its own port already when accepted"
        case .silence: "the request is read and never answered"
        case .slowHead: "the head comes byte by byte, `delay` apart (200ms)"
        case .slowBody: "the body comes byte by byte, `delay` apart (200ms)"
        case .stallInBody: "half of the body, then nothing more"
        case .shortBody: "half of what Content-Length says, then the end of the connection"
        case .wrongContentLength: "Content-Length says half; the rest follows all the same"
        case .malformedJSON: "the body ends in its middle, its length says so"
        case .wrongTypes: "every member of a row is of another type"
        case .nulls: "every member of a row is null"
        case .pageInHTML: "status 200 with a page in HTML"
        case .redirect: "`status` (302) with a Location below `target`"
        case .redirectLoop: "302 to the same path again"
        case .unauthorized: "401 with a stack trace in the body"
        case .forbidden: "403 with a stack trace in the body"
        case .notFound: "404 with a stack trace in the body"
        case .throttled: "429, with Retry-After where `retry_after` is given"
        case .internalError: "500 with a stack trace in the body"
        case .badGateway: "502 with a page in HTML"
        case .unavailable: "503, with Retry-After where `retry_after` is given"
        case .gatewayTimeout: "504 with a page in HTML"
        case .gzipBomb: "`bytes` (1 GiB) of blanks in gzip, some 160 times smaller"
        case .hugeBody: "`bytes` (1 GiB) of blanks, announced by Content-Length"
        case .endlessBody: "chunks of blanks for as long as they are taken"
        case .repeatedPage: "whatever page is asked for, the first comes"
        case .foreignNext: "a next link, in the body and as a Link field, below `target`"
        case .lyingTotal: "every total and count is a million"
        case .repeatedImage: "the first image of the list stands on every page"
        case .changingList:
            "an image is added before each page is made; they go when the faults are replaced"
        case .invalidUTF8: "a text begins with bytes that are no UTF-8"
        case .deepNesting: "`bytes` (100000) opening brackets and as many closing ones"
        case .absurdNumbers: "numbers beyond every range, dates in the year 99999"
        case .controlCharacters: "texts end in NUL, BEL, an escape sequence and a bidi override"
        case .headerFlood: "100000 header fields before the body"
        case .interimFlood: "100000 interim answers (103) before the answer"
        case .http10WithoutLength: "HTTP/1.0, the body ends with the connection"
        case .brokenChunks: "chunked, with a chunk size that is no number"
        case .expiredToken: "the clock is two days ahead for tokens (Huawei, GMI)"
        case .clockSkew: "the provider's clock is three hours ahead"
        case .notTLS: "plain HTTP is said at once at the provider's own port"
        case .tlsReset: "the provider's own port resets before any handshake"
        case .tlsStall: "the provider's own port accepts and says nothing"
        case .slowFirstByte: "the answer waits for `delay` (1s)"
        case .closedWhileIdle: "the connection ends after the answer without having said so"
        }
    }
}
