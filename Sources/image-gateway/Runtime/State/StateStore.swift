internal import Catalogs
internal import Cryptography
internal import EventLoops
internal import Federation
internal import Glibc
internal import ImageModel
internal import MonotonicTime
internal import Observability
internal import Synchronization
internal import Upstreams

/// Keeps published lists in `state_directory`.
///
/// Ownership: `queue` is shared with the loops that publish, and held for moments; files are written by one
/// thread that does nothing else, so a slow disk holds nobody up. Of each upstream one list waits at most,
/// the newest. What the disk refuses is said once, counted each time, and costs nothing but a list after the
/// next start.
final class StateStore: ListKeeper {
    let counts = Counts()
    private let directory: StateDirectory
    private let log: ProcessLog
    private let loop: EventLoop
    private let queue = Mutex(Queue())
    private let files = Mutex<[String: File]>([:])
    private let problem = Mutex<String?>(nil)
    /// Upstreams whose files could not be removed.
    private let unremoved = Mutex<Set<String>>([])

    /// What metrics tell.
    struct Counts: Sendable {
        let writes = Counter()
        let writtenBytes = Counter()
        let failures = Counter()
        let rejected = Counter()
        let restored = Counter()
    }

    private struct Queue {
        var wishes: [String: Wish] = [:]
        /// Whether the writing thread will look.
        var isWatched = false
    }

    private enum Wish {
        case keep(KeptList)
        case forget
    }

    /// What is known of an upstream's file.
    fileprivate struct File {
        var settings: UpstreamSettings
        var fingerprint: UInt128
        var arrivalFingerprint: UInt128
        var isCut: Bool
        var salt: [UInt8]
        var stampNumber: UInt64
    }

    /// Between two writings: a list that changes with every request is not written as often.
    private static let pause = Duration.seconds(1)
    /// How long a stop waits for the disk.
    private static let finishTimeMax = Duration.seconds(5)

    /// A directory that cannot be used is said in the log, unless just that was `told` before, and tried again with
    /// every list.
    init(directory path: String, log: ProcessLog, told: String? = nil) throws(SystemError) {
        directory = StateDirectory(path: path)
        self.log = log
        loop = try EventLoop()
        if let complaint = directory.prepare(), complaint != told {
            log.event("warning", "state_directory: \(complaint)")
        }
        _ = loop.start(name: "state")
    }

    // MARK: Reading

    /// The list of an upstream from before the start. A file that cannot be one is set aside, and the log
    /// says why. From any thread, before the upstream is asked.
    func read(_ settings: UpstreamSettings) -> KeptList? {
        do throws(SnapshotFileError) {
            guard let stored = try directory.read(settings) else { return nil }
            files.withLock { $0[settings.id] = File(settings, stored) }
            counts.restored.add()
            return KeptList(
                settings: settings,
                snapshot: stored.snapshot,
                fetchedAt: Timestamp(microseconds: stored.stamp.fetched),
                latency: .microseconds(stored.stamp.latency),
                isCut: stored.label.isCut
            )
        } catch {
            reject(settings.id, error)
            return nil
        }
    }

    private func reject(_ upstream: String, _ error: SnapshotFileError) {
        counts.rejected.add()
        let path = directory.path(of: upstream)
        guard error.code != .system else {
            return log.event("warning", "\(path) cannot be read: \(error.message)")
        }
        let name = directory.setAside(upstream, as: error.code)
        let fate = name.map { "it is now \($0)" } ?? "it cannot be renamed"
        log.event("warning", "\(path) is not served: \(error.message); \(fate)")
    }

    /// Says whose lists are there and not asked for: whoever removes a cloud may want its list removed, too.
    func mentionOthers(than upstreams: some Sequence<String>) {
        let others = Set(directory.upstreams).subtracting(upstreams).sorted()
        guard !others.isEmpty else { return }
        let named = others.prefix(Self.mentionsMax).joined(separator: ", ")
        let more = others.count - Self.mentionsMax
        let rest = more > 0 ? " and \(more) more" : ""
        log.event(
            "info",
            "state_directory has lists of upstreams that are not configured: \(named)\(rest); "
                + "their files stay until somebody removes them"
        )
    }

    private static let mentionsMax = 8

    // MARK: Keeping

    func keep(_ list: KeptList) { wish(.keep(list), list.settings.id) }

    func forget(upstream id: String) { wish(.forget, id) }

    private func wish(_ wish: Wish, _ upstream: String) {
        let isWatched = queue.withLock { queue in
            defer { queue.isWatched = true }
            queue.wishes[upstream] = wish
            return queue.isWatched
        }
        if !isWatched { loop.submit { self.work() } }
    }

    /// On the own thread: does what is wished, then rests, so that wishes of the meantime come together.
    private func work() {
        fulfilAll()
        loop.schedule(at: .now + Self.pause) {
            let isMore = self.queue.withLock { queue in
                queue.isWatched = !queue.wishes.isEmpty
                return queue.isWatched
            }
            if isMore { self.work() }
        }
    }

    private func fulfilAll() {
        let wishes = queue.withLock { queue in
            defer { queue.wishes = [:] }
            return queue.wishes
        }
        for (upstream, wish) in wishes.sorted(by: { $0.key < $1.key }) {
            switch wish {
            case .keep(let list): keepNow(list, upstream)
            case .forget: forgetNow(upstream)
            }
        }
        removeWhatStayed()
    }

    private func keepNow(_ list: KeptList, _ upstream: String) {
        do throws(SnapshotFileError) {
            try write(list)
            counts.writes.add()
            _ = unremoved.withLock { $0.remove(upstream) }
            report(nil)
        } catch {
            counts.failures.add()
            files.withLock { $0[upstream] = nil }
            report("\(directory.path(of: upstream)) cannot be written: \(error.message)")
        }
    }

    /// What stays would be served again after a restart, so each time is said.
    private func forgetNow(_ upstream: String) {
        files.withLock { $0[upstream] = nil }
        do throws(SnapshotFileError) {
            try directory.remove(upstream)
            counts.writes.add()
            _ = unremoved.withLock { $0.remove(upstream) }
        } catch {
            counts.failures.add()
            _ = unremoved.withLock { $0.insert(upstream) }
            log.event(
                "warning",
                "\(directory.path(of: upstream)) cannot be removed: \(error.message); the purged list would be "
                    + "served again after a restart"
            )
        }
    }

    /// Whenever something is written, and at the end.
    private func removeWhatStayed() {
        for upstream in unremoved.withLock({ $0 }).sorted() {
            guard (try? directory.remove(upstream)) != nil else { continue }
            counts.writes.add()
            _ = unremoved.withLock { $0.remove(upstream) }
            log.event("info", "\(directory.path(of: upstream)) is removed now")
        }
    }

    private func write(_ list: KeptList) throws(SnapshotFileError) {
        let upstream = list.settings.id
        let known = files.withLock { $0[upstream] }
        let stamp = SnapshotStamp(
            number: (known?.stampNumber ?? 0) &+ 1,
            fetched: list.fetchedAt.microseconds,
            latency: list.latency.microseconds
        )
        if var known, known.isOf(list),
            try directory.renew(upstream, stamp, salt: known.salt)
        {
            known.stampNumber = stamp.number
            files.withLock { $0[upstream] = known }
            return
        }
        let label = Self.label(list)
        let byteCount = try directory.write(list, label: label, stamp: stamp)
        counts.writtenBytes.add(byteCount)
        files.withLock { $0[upstream] = File(list, salt: label.salt, stampNumber: stamp.number) }
    }

    private static func label(_ list: KeptList) -> SnapshotLabel {
        let salt = SecureRandom.bytes(SnapshotLabel.saltByteCount)
        let identity = UpstreamIdentity.bytes(
            list.settings,
            salt: salt,
            byteCount: SnapshotLabel.identityByteCount
        )
        return SnapshotLabel(salt: salt, identity: identity, isCut: list.isCut)
    }

    /// Says what is wrong when that changes.
    private func report(_ complaint: String?) {
        let last = problem.withLock { problem in
            let last = problem
            problem = complaint
            return last
        }
        if let complaint, last == nil {
            log.event("warning", "\(complaint); lists would not survive a restart")
        } else if complaint == nil, last != nil {
            log.event("info", "lists are written to \(directory.path) again")
        }
    }

    // MARK: Ending

    /// Returns when what is wished is on the disk, or the disk has had its time.
    func finish(_ timekeeper: any Timekeeper) async {
        let waiter = Mutex<CheckedContinuation<Void, Never>?>(nil)
        let end: @Sendable () -> Void = {
            waiter.withLock { waiter in
                defer { waiter = nil }
                return waiter
            }?.resume()
        }
        await withCheckedContinuation { continuation in
            waiter.withLock { $0 = continuation }
            _ = timekeeper.call(at: timekeeper.now + Self.finishTimeMax, end)
            loop.submit {
                self.fulfilAll()
                end()
            }
        }
    }
}

extension StateStore.File {
    fileprivate init(_ settings: UpstreamSettings, _ stored: StoredSnapshot) {
        self.init(
            settings: settings,
            fingerprint: stored.snapshot.fingerprint,
            arrivalFingerprint: stored.snapshot.arrivalFingerprint,
            isCut: stored.label.isCut,
            salt: stored.label.salt,
            stampNumber: stored.stamp.number
        )
    }

    fileprivate init(_ list: KeptList, salt: [UInt8], stampNumber: UInt64) {
        self.init(
            settings: list.settings,
            fingerprint: list.snapshot.fingerprint,
            arrivalFingerprint: list.snapshot.arrivalFingerprint,
            isCut: list.isCut,
            salt: salt,
            stampNumber: stampNumber
        )
    }

    /// Whether the list is the one in the file, so that only its stamp must be renewed.
    fileprivate func isOf(_ list: KeptList) -> Bool {
        settings == list.settings && fingerprint == list.snapshot.fingerprint
            && arrivalFingerprint == list.snapshot.arrivalFingerprint && isCut == list.isCut
    }
}

extension Duration {
    fileprivate var microseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds.multipliedReportingOverflow(by: 1_000_000).partialValue
            &+ attoseconds / 1_000_000_000_000
    }
}
