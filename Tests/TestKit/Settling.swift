/// Lets other tasks run until `condition` holds, or until the test is cancelled because its time is up.
public nonisolated(nonsending) func settle(
    until condition: () async throws -> Bool
) async rethrows {
    while !Task.isCancelled, try await !condition() { await Task.yield() }
}
