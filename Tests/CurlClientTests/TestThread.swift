import Glibc

/// A POSIX thread: the scripts block, which the tests' own tasks must not.
struct TestThread: Sendable {
    private let handle: pthread_t

    private final class Body: Sendable {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) {
            self.run = run
        }
    }

    init(_ run: @escaping @Sendable () -> Void) {
        var handle = pthread_t()
        let context = Unmanaged.passRetained(Body(run)).toOpaque()
        let result = pthread_create(
            &handle,
            nil,
            { argument in
                // OpenSSL writes to closed sockets without MSG_NOSIGNAL.
                var signals = sigset_t()
                sigaddset(&signals, SIGPIPE)
                pthread_sigmask(SIG_BLOCK, &signals, nil)
                if let argument { Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run() }
                return nil
            },
            context,
        )
        precondition(result == 0, "a test needs its thread")
        self.handle = handle
    }

    func join() {
        pthread_join(handle, nil)
    }
}
