import HTTPWire

/// A script under way, cut into what a connection can do at one go. Pure: whoever plays it owns socket and timer.
struct ScriptPlayer {
    private var steps: ArraySlice<WireScript.Step>

    /// Bytes of one write of a repeated step; between two of them others get their turn.
    private static let portionBytesMax = 64 << 10

    enum Action: Equatable {
        case write([UInt8])
        case wait(Duration)
        case silence
        case close
        case reset
    }

    init(_ script: WireScript) {
        steps = script.steps[...]
    }

    /// `nil` at the end.
    mutating func next() -> Action? {
        guard let step = steps.popFirst() else { return nil }
        switch step {
        case .bytes(let bytes): return .write(bytes)
        case .pause(let duration): return .wait(duration)
        case .silence: return .silence
        case .close: return .close
        case .reset: return .reset
        case .drip(let bytes, let portion, let pause):
            return drip(bytes, max(1, portion), pause)
        case .repeated(let bytes, let times): return repeated(bytes, times)
        }
    }

    private mutating func drip(_ bytes: [UInt8], _ portion: Int, _ pause: Duration) -> Action {
        if bytes.count > portion {
            push(.drip(Array(bytes[portion...]), portion: portion, pause: pause))
        }
        push(.pause(pause))
        return .write(Array(bytes.prefix(portion)))
    }

    private mutating func repeated(_ bytes: [UInt8], _ times: Int) -> Action? {
        guard times > 0, !bytes.isEmpty else { return next() }
        let count = min(times, max(1, Self.portionBytesMax / bytes.count))
        if times > count { push(.repeated(bytes, times: times - count)) }
        push(.pause(.zero))
        return .write(Array([[UInt8]](repeating: bytes, count: count).joined()))
    }

    private mutating func push(_ step: WireScript.Step) {
        steps = [step] + steps
    }
}
