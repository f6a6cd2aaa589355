import Testing

@testable import Observability

struct RedactedTests {
    @Test("A redacted value hides from descriptions, interpolation, dumps and reflection")
    func hidden() {
        let secret = Redacted(["hunter2"])
        var dumped = ""
        dump(secret, to: &dumped)
        let texts = [
            secret.description, secret.debugDescription, "\(secret)", String(reflecting: secret),
            "\([secret])", "\(Optional(secret) as Any)", dumped,
        ]
        for text in texts { #expect(!text.contains("hunter2")) }
        #expect(Mirror(reflecting: secret).children.isEmpty)
        #expect(secret.revealed == ["hunter2"])
    }
}
