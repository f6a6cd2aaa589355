import GatewayAPI
import Testing

@Suite("Counted things")
struct CountedTests {
    @Test("One is told of in the singular, none and many are not")
    func plural() {
        #expect(1.counted("image") == "1 image")
        #expect(0.counted("image") == "0 images")
        #expect(2.counted("upstream") == "2 upstreams")
    }
}
