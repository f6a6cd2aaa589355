import CSystem
import EventLoops
import Glibc
import Testing

@Suite("Memory of loops")
struct ArenaTests {
    /// Whether the last page of so many freed blocks is in memory, before and after the end of the thread's arena is
    /// returned.
    private struct Residency {
        var before = false
        var after = false

        init(blockCount: Int) {
            let byteCount = 100 << 10
            var blocks: [UnsafeMutableRawPointer] = []
            blocks.reserveCapacity(blockCount)
            for _ in 0..<blockCount { if let block = malloc(byteCount) { blocks.append(block) } }
            let end = blocks.max().map { $0 + byteCount }
            for block in blocks {
                memset(block, 1, byteCount)
                free(block)
            }
            before = Self.isResident(end)
            csystem_return_end_of_arena()
            after = Self.isResident(end)
        }

        private static func isResident(_ place: UnsafeMutableRawPointer?) -> Bool {
            let page = UnsafeMutableRawPointer(bitPattern: UInt(bitPattern: place) & ~4_095)
            var state: UInt8 = 0
            return mincore(page, 1, &state) == 0 && state & 1 == 1
        }
    }

    @Test(
        "What is free at the end of a loop's arena goes back to the system when asked for",
        // A sanitizer's own allocator says 0, and has no arenas.
        .enabled(if: csystem_allocated_bytes() > 0)
    )
    func end() async throws {
        csystem_tune_allocator()
        // What is made once for good must not come to lie behind the blocks.
        _ = Residency(blockCount: 1)
        // Threads of other tests share arenas, and may have blocks behind these.
        var seen = Residency?.none
        for _ in 0..<20 where seen.map({ $0.before && !$0.after }) != true {
            seen = try await RunningLoop.with { loop in
                await loop.call { Residency(blockCount: 80) }
            }
        }
        #expect(seen?.before == true)
        #expect(seen?.after == false)
    }
}
