internal import Caching
internal import MonotonicTime
internal import Synchronization
public import Upstreams
internal import WebTokens

/// The public keys of one issuer as they were last read. Reading them again never loses them: what cannot be read, or
/// holds no usable key, leaves the old ones in force. Shared by all loops.
public final class KeySetStore: Sendable {
    /// Reads the key set: its bytes, or why there are none.
    public typealias Load = @Sendable () async -> Result<[UInt8], Failure>

    /// Why keys could not be read, in words for an operator.
    public struct Failure: Error, Sendable {
        public var message: String

        public init(_ message: String) {
            self.message = message
        }
    }

    private struct State {
        var keys: KeySet?
        var bytes: [UInt8] = []
        var readings: KeyReadings
    }

    /// When to ask again where the issuer did not give its keys.
    static let retryTime = Duration.seconds(5)
    /// The same where a reading for somebody else did not bring the key.
    static let joinedTime = Duration.seconds(1)

    private let state: Mutex<State>
    private let changes = Atomic<UInt64>(0)
    private let flights: SingleFlight<Int, Bool>
    private let load: Load
    private let report: @Sendable (String) -> Void
    private let announce: @Sendable () -> Void
    private let timekeeper: any Timekeeper

    /// `report` is told why keys could not be read; `announce` when others have taken the place of those in force.
    public init(
        timekeeper: any Timekeeper,
        executor: (any TaskExecutor)? = nil,
        report: @escaping @Sendable (String) -> Void,
        announce: @escaping @Sendable () -> Void = {},
        load: @escaping Load
    ) {
        self.timekeeper = timekeeper
        self.report = report
        self.announce = announce
        self.load = load
        state = Mutex(State(readings: KeyReadings(now: timekeeper.now)))
        flights = SingleFlight(executor: executor)
    }

    var keys: KeySet? { state.withLock { $0.keys } }

    /// Moves when other keys have come into force.
    var generation: UInt64 { changes.load(ordering: .acquiring) }

    /// What there is to say about a set that can be used, if anything. Fails with why it cannot.
    public static func remark(on bytes: [UInt8]) throws(Failure) -> String? {
        do throws(KeySet.Failure) {
            return try KeySet(bytes).remarks.first
        } catch {
            throw Failure(error.message)
        }
    }

    /// The keys that another store of the same set has read.
    public func takeKeys(of other: KeySetStore) {
        let (keys, bytes) = other.state.withLock { ($0.keys, $0.bytes) }
        state.withLock { ($0.keys, $0.bytes) = (keys, bytes) }
    }

    /// Reads the keys again; joins a reading that is under way.
    public func refresh() async {
        _ = await flights.value(for: 0) { await self.read() }
    }

    /// The same for a token whose key is unknown, as often as `KeyReadings` lets it. Returns at `deadline` at the latest:
    /// `nil` where the keys were read for this one, else how long until they may be.
    func refresh(for keyID: String, until deadline: MonotonicClock.Instant) async -> Duration? {
        let began = timekeeper.now
        // What is under way may have begun before there was such a key.
        let isOwn = flights.keys.isEmpty
        if isOwn {
            switch ask(for: keyID) {
            case .needless: return nil
            case .tooEarly(let rest): return rest
            case .allowed: break
            }
        }
        let timekeeper = self.timekeeper
        let isRead = await flights.value(
            for: 0,
            until: { action in timekeeper.call(at: deadline, action) },
            { await self.read() }
        )
        guard isRead == true else { return Self.retryTime }
        guard isOwn else { return Self.joinedTime }
        state.withLock { $0.readings.succeed(for: keyID, at: began) }
        return nil
    }

    private func ask(for keyID: String) -> KeyReadings.Verdict {
        let now = timekeeper.now
        return state.withLock { state in
            state.readings.ask(for: keyID, hasKeys: state.keys != nil, now: now)
        }
    }

    /// Whether the keys are what the issuer publishes now.
    private func read() async -> Bool {
        switch await load() {
        case .failure(let failure):
            report(failure.message)
            return false
        case .success(let bytes): return take(bytes)
        }
    }

    private func take(_ bytes: [UInt8]) -> Bool {
        if state.withLock({ $0.keys != nil && $0.bytes == bytes }) { return true }
        do throws(KeySet.Failure) {
            let keys = try KeySet(bytes)
            let isFirst = state.withLock { state in
                defer { (state.keys, state.bytes) = (keys, bytes) }
                return state.keys == nil
            }
            if !isFirst { announce() }
            changes.wrappingAdd(1, ordering: .acquiringAndReleasing)
            return true
        } catch {
            report("the key set \(error.message)")
            return false
        }
    }

    /// What is wrong with the bytes of a key set, ending a sentence that begins with where they are from; `nil` where a
    /// key can be used.
    public static func complaint(about bytes: [UInt8]) -> String? {
        do throws(KeySet.Failure) {
            _ = try KeySet(bytes)
            return nil
        } catch {
            return error.message
        }
    }
}
