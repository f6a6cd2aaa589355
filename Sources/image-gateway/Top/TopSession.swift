internal import EventLoops
internal import GatewayAPI
internal import Glibc
internal import MonotonicTime

/// The live view: reads, draws, waits, until somebody ends it.
///
/// Ownership: everything here happens on the main loop.
final class TopSession: @unchecked Sendable {
    // Invariant: touched on the main loop's thread only.
    private let source: TopSource
    private let address: String
    private let period: Duration
    private let loop: EventLoop
    private let screen = Screen()
    private var signals: Signals?
    private var keys: Keys?
    private var earlier: TopReading?
    private var later: TopReading?
    private var complaint: String?

    /// What ends and redraws it.
    static let signals = [SIGINT, SIGTERM, SIGHUP, SIGWINCH]

    init(_ source: TopSource, address: String, period: Duration, loop: EventLoop) {
        self.source = source
        self.address = address
        self.period = period
        self.loop = loop
    }

    /// Does not return: a key or a signal ends the process.
    func run() async -> Int32 {
        screen.enter()
        do {
            signals = try Signals(on: loop, Self.signals) { [self] signal in
                if signal == SIGWINCH { draw() } else { end() }
            }
            if screen.hasKeys { keys = try Keys(on: loop) { [self] key in pressed(key) } }
        } catch {
            screen.leave()
            Console.error("image-gateway top: \(error)")
            return 1
        }
        while true {
            await read()
            draw()
            try? await loop.sleep(until: .now + period)
        }
    }

    private func read() async {
        do throws(QueryFailure) {
            let reading = try await source.read()
            earlier = later
            later = reading
            complaint = nil
        } catch {
            complaint = error.lines.joined(separator: "; ")
        }
    }

    private func draw() {
        let (columns, rows) = screen.size
        var lines: [TopFrame.Line] = []
        if let later {
            let interval = TopInterval(earlier: earlier, later: later)
            lines = TopFrame(interval, address: address, width: columns).lines(height: rows - 1)
        }
        let note = complaint.map { CellText.visible($0) }
        let last = note ?? "q ends, every \(Figure.time(seconds: period / .seconds(1)))"
        while lines.count < rows - 1 { lines.append(TopFrame.Line(text: "")) }
        lines.append(
            TopFrame.Line(
                text: CellText.cut(last, to: columns),
                style: note == nil ? .plain : .bad
            )
        )
        screen.show(lines)
    }

    private func pressed(_ key: UInt8) {
        // Control-C and Control-D come as signals or as themselves, by the terminal's settings.
        if [UInt8(ascii: "q"), UInt8(ascii: "Q"), 3, 4].contains(key) { end() }
    }

    private func end() {
        screen.leave()
        exit(0)
    }
}

/// Keys of the terminal, as they are typed.
private final class Keys: ReadinessHandler {
    private let handle: (UInt8) -> Void
    private let loop: EventLoop
    private var registration: Registration?

    init(on loop: EventLoop, _ handle: @escaping (UInt8) -> Void) throws(SystemError) {
        self.handle = handle
        self.loop = loop
        registration = try loop.register(STDIN_FILENO, for: .read, handler: self)
    }

    func ready(_ readiness: Readiness) {
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = Glibc.read(STDIN_FILENO, &bytes, bytes.count)
        guard count > 0 else {
            // The terminal is gone; nothing comes any more.
            if let registration = registration.take() { loop.deregister(registration) }
            return
        }
        for byte in bytes[..<count] { handle(byte) }
    }
}
