import ProviderSimulators

/// One fault, how it is switched on, and what an answer must say of the provider that has it.
struct FaultCase: Sendable, CustomStringConvertible {
    var fault: Fault
    /// Further members of the rule, as JSON.
    var options = ""
    /// What the entry may say where the fault is alone: see `ExpectedEntry`.
    var states: Set<String>
    var errors: Set<String> = []
    /// Providers that the fault does not concern, because their API has nothing of the kind.
    var harmless: Set<SimulatedProvider> = []

    var description: String { fault.rawValue + options }

    func rule(_ provider: SimulatedProvider) -> String {
        "{\"provider\":\"\(provider.rawValue)\",\"fault\":\"\(fault.rawValue)\"\(options)}"
    }

    private init(
        _ fault: Fault,
        _ states: Set<String>,
        _ errors: Set<String> = [],
        options: String = "",
        harmless: Set<SimulatedProvider> = []
    ) {
        (self.fault, self.options, self.states) = (fault, options, states)
        (self.errors, self.harmless) = (errors, harmless)
    }

    private static let failed: Set = ["failed"]
    private static let fresh: Set = ["fresh"]
    private static let tooMuch: Set = ["answer-too-large"]
    /// Their whole list is one page without a count.
    private static let onePage: Set<SimulatedProvider> = [.aries, .gmi]

    static let all: [FaultCase] = [
        FaultCase(.connectionRefused, failed, ["connection-failed"]),
        FaultCase(.connectionReset, failed, ["connection-failed"]),
        FaultCase(.silence, failed, ["deadline-exceeded"]),
        FaultCase(.slowHead, failed, ["deadline-exceeded"]),
        FaultCase(.slowBody, failed, ["deadline-exceeded"]),
        FaultCase(.stallInBody, failed, ["deadline-exceeded"]),
        FaultCase(.shortBody, failed, ["connection-failed"]),
        FaultCase(.wrongContentLength, failed, ["malformed-answer"]),
        FaultCase(.malformedJSON, failed, ["malformed-answer"]),
        FaultCase(.wrongTypes, ["partial", "failed"], ["paging-fault", "malformed-answer"]),
        FaultCase(.nulls, failed, ["malformed-answer"]),
        FaultCase(.pageInHTML, failed, ["malformed-answer"]),
        FaultCase(.redirect, failed, ["redirect-refused"]),
        FaultCase(
            .redirect,
            failed,
            ["redirect-refused"],
            options: ",\"status\":307,\"target\":\"//169.254.169.254\""
        ),
        FaultCase(.redirectLoop, failed, ["redirect-refused"]),
        FaultCase(.unauthorized, failed, ["unauthorized", "session-expired"]),
        FaultCase(.forbidden, failed, ["forbidden"]),
        FaultCase(.notFound, failed, ["not-found"]),
        FaultCase(.throttled, failed, ["throttled"]),
        FaultCase(
            .throttled,
            failed,
            ["throttled"],
            options: ",\"retry_after\":\"99999999999999\""
        ),
        FaultCase(.internalError, failed, ["upstream-fault"]),
        FaultCase(.badGateway, failed, ["upstream-fault"]),
        FaultCase(.unavailable, failed, ["upstream-fault"]),
        FaultCase(.gatewayTimeout, failed, ["upstream-fault"]),
        FaultCase(.gzipBomb, failed, tooMuch),
        FaultCase(.hugeBody, failed, tooMuch),
        // A slow machine meets the end of its patience before that of its room.
        FaultCase(.endlessBody, failed, ["answer-too-large", "deadline-exceeded"]),
        FaultCase(.repeatedPage, ["partial"], ["paging-fault"], harmless: onePage),
        FaultCase(.foreignNext, ["fresh", "partial", "failed"], ["paging-fault"]),
        FaultCase(
            .lyingTotal,
            ["partial"],
            ["paging-fault"],
            harmless: [.aries, .huaweiIMS, .gmi]
        ),
        FaultCase(.repeatedImage, fresh),
        FaultCase(.changingList, ["fresh", "partial"], ["marker-lost"]),
        FaultCase(.invalidUTF8, failed, ["malformed-answer"]),
        FaultCase(.deepNesting, failed, ["malformed-answer"]),
        FaultCase(.absurdNumbers, ["fresh", "failed"], ["malformed-answer"]),
        FaultCase(.controlCharacters, fresh),
        FaultCase(.headerFlood, failed, tooMuch),
        FaultCase(.interimFlood, failed, tooMuch),
        FaultCase(.http10WithoutLength, fresh),
        FaultCase(.brokenChunks, failed, ["malformed-answer"]),
        FaultCase(
            .expiredToken,
            fresh,
            options: ",\"after\":1",
            harmless: [.aries, .zenlayer, .tencentCVM]
        ),
        FaultCase(.clockSkew, failed, ["unauthorized"], harmless: [.aries, .huaweiIMS, .gmi]),
        FaultCase(.notTLS, failed, ["invalid-request", "connection-failed"]),
        FaultCase(.tlsReset, failed, ["connection-failed"]),
        FaultCase(.tlsStall, failed, ["deadline-exceeded"]),
        FaultCase(.slowFirstByte, fresh, options: ",\"delay\":\"20ms\""),
        FaultCase(.closedWhileIdle, fresh),
    ]
}
