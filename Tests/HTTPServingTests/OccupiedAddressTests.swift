import HTTPServing
import Testing

struct OccupiedAddressTests {
    @Test("Where somebody listens already a server does not start; once they are gone it does")
    func occupied() async throws {
        let first = try LoopbackServer(loopCount: 2)
        let error = #expect(throws: ServerError.self) {
            try LoopbackServer(address: "\(first.address)")
        }
        #expect(error?.code == .addressUnavailable)
        #expect(error?.message.contains("\(first.address)") == true)
        let heir = try LoopbackServer(address: "\(first.address)", joinsOthers: true)
        await first.end()
        let client = try heir.connect()
        try client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(try client.receiveAnswer().status == 200)
        await heir.end()
        let second = try LoopbackServer(address: "\(first.address)")
        #expect(second.address == first.address)
        await second.end()
    }
}
