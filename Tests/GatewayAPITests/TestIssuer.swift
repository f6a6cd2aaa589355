import Configuration
import ImageModel
import MonotonicTime
import Synchronization
import TestKit
import Upstreams

@testable import GatewayAPI

/// An identity provider in memory: signs tokens, publishes its keys, and can be put out of order.
final class TestIssuer: Sendable {
    let name: String
    let time: TestTime
    /// How often other keys took the place of those in force.
    let changes = Tally()
    private let signer: TokenSigner
    private let published: Mutex<Result<[UInt8], KeySetStore.Failure>>
    private let readings = Atomic<Int>(0)
    private let reports = Mutex<[String]>([])

    init(_ name: String = "https://id.example", kind: TokenSigner.Kind = .ed25519) throws {
        self.name = name
        time = TestTime()
        signer = try TokenSigner(kind)
        published = Mutex(.success(Array(signer.keySet().utf8)))
    }

    /// How often the keys were read.
    var readingCount: Int { readings.load(ordering: .relaxed) }
    /// What operators were told.
    var complaints: [String] { reports.withLock { $0 } }

    func publish(_ text: String) { published.withLock { $0 = .success(Array(text.utf8)) } }
    func fail(_ message: String) { published.withLock { $0 = .failure(.init(message)) } }

    func makeStore() -> KeySetStore {
        KeySetStore(
            timekeeper: time,
            report: { text in self.reports.withLock { $0.append(text) } },
            announce: { self.changes.add() },
            load: {
                self.readings.wrappingAdd(1, ordering: .relaxed)
                return self.published.withLock { $0 }
            }
        )
    }

    func token(_ claims: String = "", keyID: String = "one", lasts: Int64 = 3_600) throws -> String
    {
        let whole = "\"iss\":\"\(name)\",\"aud\":\"gateway\"\(claims.isEmpty ? "" : ",")\(claims)"
        return try signer.token(whole, keyID: keyID, now: SampleCloud.date.seconds, lasts: lasts)
    }

    func client(
        _ id: String,
        subject: String? = nil,
        claims: [TokenClientConfiguration.Claim] = [],
        upstreams: ClientConfiguration.UpstreamScope = .all
    ) -> ClientConfiguration {
        ClientConfiguration(
            id: id,
            identity: .token(
                TokenClientConfiguration(
                    issuer: name,
                    audiences: ["gateway"],
                    keys: .init(place: .url(name)),
                    subject: subject,
                    claims: claims
                )
            ),
            upstreams: upstreams
        )
    }
}

/// Monotonic time that a test moves; the date stands still.
struct TestTime: Timekeeper {
    let manual = ManualTime()
    let date = SampleCloud.date
    /// What was to be called some day, and never is.
    let alarms = Tally()

    var now: MonotonicClock.Instant { manual.now }

    func sleep(until deadline: MonotonicClock.Instant) async throws(CancellationError) {
        await manual.sleep(until: deadline)
    }

    func call(
        at deadline: MonotonicClock.Instant,
        _ action: @escaping @Sendable () -> Void
    ) -> @Sendable () -> Void {
        alarms.add()
        return {}
    }
}
