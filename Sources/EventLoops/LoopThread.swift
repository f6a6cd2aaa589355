internal import CSystem
internal import Glibc

/// The thread a loop runs on.
public final class LoopThread: Sendable {
    private let handle: pthread_t

    init(running loop: EventLoop, name: String) {
        let context = Unmanaged.passRetained(Context(loop: loop, name: name))
        var handle = pthread_t()
        let result = pthread_create(&handle, nil, runLoop, context.toOpaque())
        precondition(result == 0, "a thread for the loop could not be created")
        self.handle = handle
    }

    /// Waits until the loop has stopped. Once only.
    public func join() {
        pthread_join(handle, nil)
    }
}

private final class Context: Sendable {
    let loop: EventLoop
    let name: String

    init(loop: EventLoop, name: String) {
        self.loop = loop
        self.name = name
    }
}

private func runLoop(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let argument else { return nil }
    let context = Unmanaged<Context>.fromOpaque(argument).takeRetainedValue()
    csystem_name_thread(String(context.name.prefix(15)))
    // A loop does little at a time; it should not wait for the end of whoever reads long lists.
    csystem_ask_for_short_slices()
    context.loop.run()
    return nil
}
