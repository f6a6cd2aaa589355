import HTTPWire
import JSONText

/// The routes that tests and demonstrations steer the simulators with; for this machine only.
struct ControlRoutes: Sendable {
    static let prefix = "/__simulator/"

    let world: SimulatorWorld
    let simulator: ProviderSimulator

    func respond(to request: HTTPRequest) async -> HTTPResponse {
        guard request.peer.isLoopback else {
            return refusal(403, "control routes answer on loopback only")
        }
        switch (request.path, request.method) {
        case ("/__simulator/truth", "GET"): return await truth(request)
        case ("/__simulator/requests", "GET"):
            var writer = JSONWriter()
            world.requestCounts.write(to: &writer)
            return .json(writer.bytes)
        case ("/__simulator/requests:reset", "POST"):
            world.resetCounts()
            return .json { $0.member("reset", true) }
        case ("/__simulator/images", "POST"): return change(request)
        case ("/__simulator/faults", "GET"): return faults
        case ("/__simulator/faults", "POST"):
            return await simulator.setFaults(request.body).map { refusal(400, $0) } ?? faults
        case ("/__simulator/faults", _): return .methodNotAllowed("GET, POST")
        case ("/__simulator/truth", _), ("/__simulator/requests", _):
            return .methodNotAllowed("GET")
        case ("/__simulator/images", _), ("/__simulator/requests:reset", _):
            return .methodNotAllowed("POST")
        default:
            return refusal(
                404,
                "no such control route: truth, images, faults, requests, requests:reset"
            )
        }
    }

    private var faults: HTTPResponse {
        var writer = JSONWriter()
        world.faults.write(to: &writer, now: world.configuration.now())
        return .json(writer.bytes)
    }

    private func change(_ request: HTTPRequest) -> HTTPResponse {
        do {
            let change = try ImageChange(request.body)
            return .json(world.apply(change))
        } catch {
            return refusal(400, error.message)
        }
    }

    private func truth(_ request: HTTPRequest) async -> HTTPResponse {
        let parameters = QueryText.parameters(request.query ?? "")
        do {
            let question = try TruthQuestion(parameters)
            return .json(await world.truth(question))
        } catch {
            return refusal(400, error.message)
        }
    }

    private func refusal(_ status: Int, _ message: String) -> HTTPResponse {
        .json(status: status) { $0.member("error", message) }
    }
}

/// Why a control request cannot be understood.
struct ControlError: Error, Sendable, Hashable {
    var message: String

    init(_ message: String) {
        self.message = message
    }

    static func provider(_ word: String?) throws(ControlError) -> SimulatedProvider {
        guard let provider = SimulatedProvider(rawValue: word ?? "") else {
            let words = SimulatedProvider.allCases.map(\.rawValue).joined(separator: ", ")
            throw ControlError("provider must be one of \(words)")
        }
        return provider
    }

    /// Of two members with one key only one would be heard.
    static func checkUnique(_ members: [JSONValue.Member]) throws(ControlError) {
        var seen: Set<String> = []
        guard let twice = members.first(where: { !seen.insert($0.key).inserted }) else { return }
        throw ControlError("'\(twice.key)' stands twice")
    }
}
