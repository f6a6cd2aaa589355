internal import Glibc

/// A thread waits here until another one lets it through. Only for threads that have nothing else to do.
final class Gate: @unchecked Sendable {
    // Invariant: the semaphore is made before and destroyed after every use of it, and is the system's own
    // means between threads.
    private let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

    init() { sem_init(semaphore, 0, 0) }

    deinit {
        sem_destroy(semaphore)
        semaphore.deallocate()
    }

    func open() { sem_post(semaphore) }

    func wait() {
        while sem_wait(semaphore) != 0, errno == EINTR {}
    }
}
