internal import EventLoops
internal import HTTPServing
internal import MonotonicTime
internal import ProviderSimulators
internal import Synchronization

/// The servers of one simulator: a port for all providers and, where asked for, one for each.
///
/// Ownership: `doors` is shared by all loops; it is changed on the first loop only.
final class SimulatorServers: Sendable {
    let simulator: ProviderSimulator
    private let loops: [EventLoop]
    private let server: HTTPServer
    private let doors = Mutex<[SimulatedProvider: Door]>([:])

    /// A provider's own port; without a server while it refuses connections.
    private struct Door {
        var address: String
        var server: HTTPServer?
    }

    private static let reopenTime = Duration.milliseconds(20)

    init(simulator: ProviderSimulator, address: String, loops: [EventLoop]) {
        self.simulator = simulator
        self.loops = loops
        server = HTTPServer(configuration: .init(address: address), loops: loops) { _ in simulator }
    }

    /// Opens the common port and, where providers have their own, one of the system's choice for each.
    func start() throws(ServerError) -> BoundAddress {
        let address = try server.start()
        guard simulator.hasDoors else { return address }
        for provider in SimulatedProvider.allCases {
            try open(provider, at: "\(BoundAddress(host: address.host, port: 0))")
        }
        simulator.onFaultsChanged { [self] in
            await loops[0].run {
                self.cutWhereNeeded()
                self.adjust()
            }
            // Behind what `adjust` and `cutWhereNeeded` left for each loop to close.
            for loop in loops { await loop.run {} }
        }
        loops[0].submit { self.adjust() }
        return address
    }

    /// Where a provider answers alone; `nil` without such ports.
    func address(of provider: SimulatedProvider) -> String? {
        doors.withLock { $0[provider]?.address }
    }

    func drain(within deadline: Duration) async {
        let servers = doors.withLock { $0.values.compactMap(\.server) }
        for server in servers { server.stop() }
        _ = await server.drain(within: deadline)
    }

    // MARK: Doors

    /// Connections that exist would never meet what befalls new ones. The new listener is there before the old
    /// one goes, so the port stays ours.
    private func cutWhereNeeded() {
        for (provider, door) in doors.withLock({ $0 }) where simulator.hasDoorFault(provider) {
            guard let server = door.server, (try? open(provider, at: door.address)) != nil else {
                continue
            }
            server.stop()
        }
    }

    /// On the first loop: closes and opens what the faults of now ask for, and looks again when one ends.
    private func adjust() {
        var isComplete = true
        for (provider, door) in doors.withLock({ $0 }) {
            let isRefused = simulator.isRefused(provider)
            if isRefused, let server = door.server {
                server.stop()
                doors.withLock { $0[provider]?.server = nil }
            } else if !isRefused, door.server == nil {
                // Somebody else's connection may have the port for a moment.
                do { try open(provider, at: door.address) } catch { isComplete = false }
            }
        }
        guard let wait = isComplete ? simulator.nextFaultEnd : Self.reopenTime else { return }
        loops[0].schedule(at: loops[0].now + wait + .milliseconds(1)) { self.adjust() }
    }

    private func open(_ provider: SimulatedProvider, at address: String) throws(ServerError) {
        let door = simulator.door(of: provider)
        let server = HTTPServer(
            configuration: .init(address: address, joinsOthers: true),
            loops: loops
        ) { _ in door }
        let bound = try server.start()
        doors.withLock { $0[provider] = Door(address: "\(bound)", server: server) }
    }
}

extension EventLoop {
    /// Runs `action` on the loop's thread and returns once it ran.
    fileprivate func run(_ action: @escaping @Sendable () -> Void) async {
        await withCheckedContinuation { continuation in
            submit {
                action()
                continuation.resume()
            }
        }
    }
}
