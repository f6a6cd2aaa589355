import EventLoops
import HTTPWire
internal import MonotonicTime

/// Playing a sick server. No deadline of ours applies meanwhile: what the script says is what the peer gets.
extension Connection {
    func play(_ script: WireScript) {
        player = ScriptPlayer(script)
        continueScript()
    }

    /// The socket takes bytes again.
    func continueWriting() {
        switch output.flush(through: transport) {
        case .bytes: continueScript()
        case .wouldBlock: break
        case .ended, .failed: close()
        }
    }

    private func continueScript() {
        while let action = player?.next() {
            switch action {
            case .write(let bytes):
                output.append(bytes)
                return continueWriting()
            case .wait(let duration): return wait(duration)
            case .silence: return
            case .close:
                transport.shutdownWriting()
                return close()
            case .reset:
                transport.resetOnClose()
                return close()
            }
        }
        guard player != nil else { return }
        player = nil
        scriptEnded()
    }

    private func wait(_ duration: Duration) {
        scriptTimer = server.loop.schedule(at: server.loop.now + duration) { [weak self] in
            self?.scriptTimer = nil
            self?.continueScript()
        }
    }
}
