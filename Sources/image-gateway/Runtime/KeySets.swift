internal import Configuration
internal import CurlClient
internal import EventLoops
internal import GatewayAPI
internal import MonotonicTime
internal import Synchronization
internal import Upstreams

/// The key sets that token clients need. Each is read when a token first asks for it, and once the gateway serves at once
/// and then again and again. One that a new configuration still names is kept with its keys.
final class KeySets: Sendable {
    typealias Source = TokenClientConfiguration.KeySource

    private let state = Mutex(State())
    private let transport: CurlTransport
    private let loop: EventLoop
    private let log: ProcessLog

    /// How long one fetch may take.
    private static let fetchTime = Duration.seconds(5)
    private static let byteCountMax = 256 << 10

    private struct State {
        var sets: [Source: Entry] = [:]
        /// Whether sets are read unasked.
        var isServing = false
    }

    private struct Entry {
        let store: KeySetStore
        var reading: Task<Void, Never>?
    }

    init(transport: CurlTransport, loop: EventLoop, log: ProcessLog) {
        self.transport = transport
        self.loop = loop
        self.log = log
    }

    /// The keys of a source; the same for the same source.
    func store(_ source: Source) -> KeySetStore {
        state.withLock { state in
            if let known = state.sets[source] { return known.store }
            let store = makeStore(source)
            // With other authorities it is read anew, and until it can be the keys are those that were read.
            let other = state.sets.first { $0.key.place == source.place }
            if let other { store.takeKeys(of: other.value.store) }
            let reading = state.isServing ? startReading(store, source) : nil
            state.sets[source] = Entry(store: store, reading: reading)
            return store
        }
    }

    /// Reads every set, now and from time to time.
    func serve() {
        state.withLock { state in
            state.isServing = true
            for (source, entry) in state.sets where entry.reading == nil {
                state.sets[source]?.reading = startReading(entry.store, source)
            }
        }
    }

    /// What one reading of a set came to.
    struct Check: Sendable {
        var name: String
        var isUsable: Bool
        var sentence: String
    }

    /// Reads every set once, in the order of their names.
    func check() async -> [Check] {
        let sources = state.withLock { Array($0.sets.keys) }.sorted { $0.name < $1.name }
        var checks: [Check] = []
        for source in sources {
            do throws(KeySetStore.Failure) {
                let bytes = try await Self.load(source, transport).get()
                let remark = try KeySetStore.remark(on: bytes)
                let sentence = remark.map { "usable, but \($0)" } ?? "usable"
                checks.append(Check(name: source.name, isUsable: true, sentence: sentence))
            } catch {
                let sentence = error.message
                checks.append(Check(name: source.name, isUsable: false, sentence: sentence))
            }
        }
        return checks
    }

    /// Forgets what no client needs any more and reads the rest again, as a reload does.
    func keep(only sources: Set<Source>) {
        forget(allBut: sources)
        for entry in state.withLock({ $0.sets.values }) {
            Task(executorPreference: loop) { await entry.store.refresh() }
        }
    }

    /// Reads no others any more, as after a reload that was refused.
    func forget(allBut sources: Set<Source>) {
        let gone = state.withLock { state in
            let gone = state.sets.filter { !sources.contains($0.key) }
            for source in gone.keys { state.sets[source] = nil }
            return gone
        }
        for entry in gone.values { entry.reading?.cancel() }
    }

    private func makeStore(_ source: Source) -> KeySetStore {
        let (transport, log) = (self.transport, self.log)
        return KeySetStore(
            timekeeper: LoopTimekeeper(loop: loop),
            executor: loop,
            report: { log.event("warning", "keys of \(source.name): \($0)") },
            announce: { log.event("info", "keys of \(source.name): others are in force now") },
            load: { await Self.load(source, transport) }
        )
    }

    private func startReading(_ store: KeySetStore, _ source: Source) -> Task<Void, Never> {
        let loop = self.loop
        return Task(executorPreference: loop) {
            while !Task.isCancelled {
                await store.refresh()
                try? await loop.sleep(until: .now + source.refresh)
            }
        }
    }

    private static func load(
        _ source: Source,
        _ transport: CurlTransport
    ) async -> Result<[UInt8], KeySetStore.Failure> {
        switch source.place {
        case .file(let path): read(path)
        case .url(let url): await fetch(url, source, transport)
        }
    }

    private static func read(_ path: String) -> Result<[UInt8], KeySetStore.Failure> {
        do {
            return .success(try ConfigurationFiles.contents(of: path))
        } catch {
            return .failure(.init("the file \(error.message)"))
        }
    }

    private static func fetch(
        _ url: String,
        _ source: Source,
        _ transport: CurlTransport
    ) async -> Result<[UInt8], KeySetStore.Failure> {
        do throws(UpstreamError) {
            let response = try await transport.send(
                UpstreamRequest(url: url, fields: [.init("accept", "application/json")]),
                policy: TransportPolicy(
                    bodyBytesMax: byteCountMax,
                    authorities: source.authorities
                ),
                deadline: .now + fetchTime
            )
            // A redirect is an answer too, and not followed: keys come from where the configuration says.
            guard response.status == 200 else {
                return .failure(.init("the answer has status \(response.status)"))
            }
            return .success(response.body)
        } catch {
            return .failure(.init("\(error.code.rawValue): \(error.message)"))
        }
    }
}

extension TokenClientConfiguration.KeySource {
    /// For logs. A query may hold what is nobody's business.
    var name: String {
        switch place {
        case .file(let path): path
        case .url(let url): String(url.prefix { $0 != "?" })
        }
    }
}
