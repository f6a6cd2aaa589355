import Configuration
import HTTPWire
import ImageModel
import MonotonicTime
import Testing

@testable import GatewayAPI

@Suite("KnownCallers")
struct KnownCallersTests {
    private let now = MonotonicClock.now
    private let clients: [ClientDirectory.Client]

    init() throws {
        let directory = ClientDirectory(
            ["a", "b"].map { id in
                ClientConfiguration(
                    id: id,
                    identity: .certificate(.subject("CN=\(id)"))
                )
            },
            now: now,
            keySets: SampleCloud.noKeySets
        )
        clients = try ["a", "b"].map { id in
            let certificate = PeerCertificate(
                subject: "CN=\(id)",
                alternativeNames: [],
                fingerprint: [],
                expires: SampleCloud.date.seconds + 1
            )
            let found = directory.recognize(certificate, now: .now, date: SampleCloud.date)
            guard case .known(let recognized) = found else { throw NotKnown() }
            return recognized.client
        }
    }

    private struct NotKnown: Error {}

    @Test("A caller is found by the whole of its key, and by what kind of key it is")
    func keys() {
        var callers = KnownCallers()
        let key = Array("secret-key".utf8)
        _ = callers.insert(Recognized(client: clients[0]), key: key)
        _ = callers.insert(Recognized(client: clients[1]), key: [1, 2], isCertificate: true)
        func found(_ text: [UInt8], certificate: Bool = false) -> String? {
            let caller = callers.caller(
                key: text.indices,
                of: text,
                isCertificate: certificate,
                now: now
            )
            return caller?.id
        }
        #expect(found(key) == "a")
        #expect(found([1, 2], certificate: true) == "b")
        #expect(found(key, certificate: true) == nil && found([1, 2]) == nil)
        for count in key.indices { #expect(found(Array(key.prefix(count))) == nil) }
        #expect(found(key + [0]) == nil)
        let inside = Array("x".utf8) + key + Array("y".utf8)
        let range = 1..<(1 + key.count)
        #expect(callers.caller(key: range, of: inside, now: now)?.id == "a")
    }

    @Test(
        "Whoever is no longer recognised is not known either, and takes its own place when it comes again"
    )
    func expiry() {
        var callers = KnownCallers()
        let until = now + .seconds(5)
        let first = callers.insert(Recognized(client: clients[0], expires: until), key: [7])
        #expect(callers.caller(key: 0..<1, of: [7], now: now) === first)
        #expect(callers.caller(key: 0..<1, of: [7], now: until) == nil)
        #expect(callers.insert(Recognized(client: clients[1]), key: [7]).id == "b")
        #expect(callers.caller(key: 0..<1, of: [7], now: until)?.id == "b")
    }

    @Test("The oldest makes room once 256 are known")
    func bound() {
        var callers = KnownCallers()
        func key(_ number: Int) -> [UInt8] { [UInt8(number & 0xFF), UInt8(number >> 8)] }
        func isKnown(_ number: Int) -> Bool {
            callers.caller(key: 0..<2, of: key(number), now: now) != nil
        }
        for number in 0...KnownCallers.countMax {
            _ = callers.insert(Recognized(client: clients[0]), key: key(number))
            #expect(isKnown(number))
        }
        #expect(!isKnown(0) && isKnown(1) && isKnown(KnownCallers.countMax))
    }
}
