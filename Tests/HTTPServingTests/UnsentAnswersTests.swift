import CSystem
import Glibc
import TestKit
import Testing

@testable import HTTPServing

@Suite("Unsent answers")
struct UnsentAnswersTests {
    private func oldest(_ unsent: inout UnsentAnswers) -> Int32? { unsent.oldest() }

    @Test("The oldest is the one that has waited longest, however its answer grows")
    func order() {
        var unsent = UnsentAnswers()
        #expect(oldest(&unsent) == nil)
        unsent.hold(3, byteCount: 10)
        unsent.hold(4, byteCount: 20)
        unsent.hold(3, byteCount: 15)
        #expect(unsent.byteCount == 35)
        #expect(oldest(&unsent) == 3)
        unsent.release(3)
        #expect(unsent.byteCount == 20)
        #expect(oldest(&unsent) == 4)
        // A number that is used again is another connection.
        unsent.hold(3, byteCount: 1)
        #expect(oldest(&unsent) == 4)
        unsent.release(4)
        unsent.release(4)
        #expect(oldest(&unsent) == 3)
        unsent.release(3)
        #expect(oldest(&unsent) == nil)
        #expect(unsent.byteCount == 0)
    }

    @Test("Whatever is held and released, it is what a list would say", arguments: 1...20)
    func asList(_ seed: UInt64) {
        var random = SplitMix(seed: seed)
        var unsent = UnsentAnswers()
        var list: [(descriptor: Int32, byteCount: Int)] = []
        for _ in 0..<2_000 {
            let descriptor = Int32.random(in: 0..<40, using: &random)
            let known = list.firstIndex { $0.descriptor == descriptor }
            if Bool.random(using: &random) {
                let count = Int.random(in: 1...1_000, using: &random)
                unsent.hold(descriptor, byteCount: count)
                if let known {
                    list[known].byteCount = count
                } else {
                    list.append((descriptor, count))
                }
            } else {
                unsent.release(descriptor)
                if let known { list.remove(at: known) }
            }
            #expect(unsent.byteCount == list.reduce(0) { $0 + $1.byteCount })
            #expect(oldest(&unsent) == list.first?.descriptor)
        }
    }

    @Test("The kernel takes little of what nobody fetches: the rest waits where it is counted")
    func kernelShare() throws {
        var address = sockaddr_storage()
        var length = socklen_t()
        #expect(csystem_address_parse("127.0.0.1", 0, &address, &length) == 0)
        let listener = csystem_listener(&address, length, 1)
        defer { close(listener) }
        #expect(csystem_local_address(listener, &address) == 0)
        var text = [CChar](repeating: 0, count: 64)
        let port = csystem_address_format(&address, &text, socklen_t(text.count))
        let client = try RawClient(port: UInt16(port))
        let server = csystem_accept(listener, nil, nil)
        defer { close(server) }
        let piece = [UInt8](repeating: 0, count: 16_384)
        var count = 0
        while count < 64 << 20 {
            let sent = csystem_send(server, piece, piece.count)
            guard sent > 0 else { break }
            count += sent
        }
        #expect(errno == EAGAIN)
        // What is unsent, and what the client's own side takes.
        #expect((256 << 10...768 << 10).contains(count), "\(count) bytes")
        withExtendedLifetime(client) {}
    }
}
