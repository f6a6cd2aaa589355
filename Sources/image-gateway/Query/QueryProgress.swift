internal import EventLoops
internal import GatewayAPI
internal import JSONText
internal import MonotonicTime

/// One redrawn line on standard error: how far each upstream's list is read.
struct QueryProgress {
    private let source: any QuerySource
    private let loop: EventLoop

    /// What is done faster than this needs no progress; afterwards the line is redrawn this often.
    private static let pause = Duration.milliseconds(250)

    init(_ source: any QuerySource, loop: EventLoop) {
        self.source = source
        self.loop = loop
    }

    /// One upstream between questions.
    struct Standing {
        var id: String
        var isLoading: Bool
        var imageCount: Int?
        var hasFailed: Bool

        var text: String {
            let count = imageCount.map { $0.counted("image") }
            if isLoading { return "\(id) \(count ?? "")…" }
            return "\(id) \(hasFailed ? "failed" : count ?? "-")"
        }
    }

    /// Until cancelled.
    func show() async {
        while !Task.isCancelled {
            do throws(CancellationError) {
                try await loop.sleep(until: .now + Self.pause)
            } catch { return }
            let standings = await Self.standings(source).filter {
                $0.isLoading || $0.imageCount != nil || $0.hasFailed
            }
            if !Task.isCancelled, !standings.isEmpty { draw(standings) }
        }
    }

    func clear() {
        Terminal.writeError("\r\u{1B}[K")
    }

    private func draw(_ standings: [Standing]) {
        let line = CellText.visible(standings.map(\.text).joined(separator: "  "))
        Terminal.writeError("\r\(CellText.cut(line, to: Terminal.errorWidth - 1))\u{1B}[K")
    }

    /// What the gateway says of its upstreams; nothing where it says nothing.
    static func standings(_ source: any QuerySource) async -> [Standing] {
        guard let (status, body) = try? await source.get("/v1/upstreams"), status == 200,
            let entries = (try? JSONValue(parsing: body))?["upstreams"]?.arrayValue
        else { return [] }
        return entries.map { entry in
            Standing(
                id: entry["id"]?.stringValue ?? "?",
                isLoading: entry["loading"]?.boolValue ?? false,
                imageCount: entry["images_loaded"]?.integerValue ?? entry["images"]?.integerValue,
                hasFailed: entry["state"]?.stringValue == "failed"
            )
        }
    }
}
