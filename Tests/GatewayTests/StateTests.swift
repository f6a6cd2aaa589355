import Catalogs
import Federation
import Glibc
import ImageModel
import Observability
import TestKit
import Testing
import Upstreams

@testable import image_gateway

@Suite struct StateTests {
    /// What a gateway kept, looked at from outside.
    private struct Folder {
        private let folder = TemporaryFolder()

        var path: String { folder.path }
        var names: [String] { folder.names.filter { !$0.hasPrefix(".") } }

        func facts(_ name: String) -> stat {
            var facts = stat()
            _ = stat("\(path)/\(name)", &facts)
            return facts
        }

        func bytes(_ name: String) throws -> [UInt8] {
            try SourceFile.bytes(of: "\(path)/\(name)")
        }

        func write(_ bytes: [UInt8], _ name: String) {
            let file = open("\(path)/\(name)", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
            _ = Glibc.write(file, bytes, bytes.count)
            close(file)
        }
    }

    private let folder: Folder
    private let pipe = LogPipe()
    private let log: ProcessLog
    private let timekeeper: LoopTimekeeper

    init() throws {
        timekeeper = LoopTimekeeper(loop: try Threads(count: 1).serving[0])
        folder = Folder()
        log = try ProcessLog(events: pipe.writer, access: pipe.writer)
    }

    private static let settings = UpstreamSettings(
        id: "up-1",
        provider: "aries",
        endpoint: "http://127.0.0.1:9",
        credentials: ["password": Redacted("tops3cret-phrase")]
    )

    private static func list(
        images: Int = 40,
        _ settings: UpstreamSettings = StateTests.settings,
        fetched: Int64 = 1_800_000_000
    ) -> KeptList {
        var builder = SnapshotBuilder(upstream: settings.id)
        for index in 0..<images {
            builder.append(
                Image(provider: "aries", region: "r", nativeID: "i-\(index)", name: "n \(index)")
            )
        }
        return KeptList(
            settings: settings,
            snapshot: builder.finish(),
            fetchedAt: Timestamp(seconds: fetched),
            latency: .milliseconds(12),
            isCut: false
        )
    }

    private func store() throws -> StateStore { try StateStore(directory: folder.path, log: log) }

    private func keep(_ list: KeptList, in store: StateStore) async throws {
        store.keep(list)
        await store.finish(timekeeper)
    }

    @Test("A list that was kept is there after the next start, in a file for nobody else's eyes")
    func restart() async throws {
        try await keep(Self.list(), in: store())
        #expect(folder.names == ["up-1.list"])
        #expect(folder.facts("up-1.list").st_mode & 0o777 == 0o600)
        let again = try #require(try store().read(Self.settings))
        #expect(again.snapshot.count == 40)
        #expect(again.fetchedAt == Timestamp(seconds: 1_800_000_000))
        #expect(again.latency == .milliseconds(12))
        let text = String(decoding: try folder.bytes("up-1.list"), as: UTF8.self)
        #expect(!text.contains("tops3cret"))
    }

    @Test("A directory that is missing is made, for its owner alone")
    func makesDirectory() async throws {
        let path = "\(folder.path)/inner"
        let store = try StateStore(directory: path, log: log)
        try await keep(Self.list(), in: store)
        #expect(folder.facts("inner").st_mode & 0o777 == 0o700)
        unlink("\(path)/up-1.list")
        rmdir(path)
    }

    @Test("Lists of upstreams that are not configured are named in the log, and stay")
    func others() throws {
        for name in ["up-1.list", "gone.list", "up-2.list.rejected-x", "note.txt"] {
            folder.write([1], name)
        }
        let store = try store()
        store.mentionOthers(than: ["up-1", "gone"])
        store.mentionOthers(than: ["up-1"])
        #expect(try pipe.line(with: "not configured").contains("not configured: gone; their files"))
        #expect(folder.names.contains("gone.list"))
        for number in 0..<9 { folder.write([1], "other-\(number).list") }
        store.mentionOthers(than: ["up-1"])
        #expect(try pipe.line(with: "more").contains("other-6 and 2 more; their files"))
    }

    @Test("The same list again renews its time and rewrites nothing; a changed one replaces it")
    func renewal() async throws {
        let store = try store()
        try await keep(Self.list(), in: store)
        let first = folder.facts("up-1.list").st_ino
        let written = store.counts.writtenBytes.value
        for second in 1...3 {
            try await keep(Self.list(fetched: 1_800_000_000 + Int64(second)), in: store)
        }
        #expect(folder.facts("up-1.list").st_ino == first)
        #expect(store.counts.writtenBytes.value == written)
        #expect(try self.store().read(Self.settings)?.fetchedAt.seconds == 1_800_000_003)
        // A process that found the file goes on with it.
        let next = try self.store()
        _ = next.read(Self.settings)
        try await keep(Self.list(fetched: 1_800_000_009), in: next)
        #expect(next.counts.writtenBytes.value == 0)
        #expect(try self.store().read(Self.settings)?.fetchedAt.seconds == 1_800_000_009)
        try await keep(Self.list(images: 41), in: next)
        #expect(try self.store().read(Self.settings)?.snapshot.count == 41)
        #expect(folder.names == ["up-1.list"])
    }

    @Test("Of lists that come faster than the disk takes them the newest counts")
    func newestWins() async throws {
        let store = try store()
        for images in 1...50 { store.keep(Self.list(images: images)) }
        try await keep(Self.list(images: 60), in: store)
        #expect(try self.store().read(Self.settings)?.snapshot.count == 60)
        #expect(store.counts.writes.value < 50)
    }

    @Test("Under other credentials, another endpoint or region the file is another's")
    func identity() async throws {
        for change in 0..<3 {
            try await keep(Self.list(), in: store())
            var settings = Self.settings
            switch change {
            case 0: settings.credentials["password"] = Redacted("other")
            case 1: settings.endpoint = "http://127.0.0.1:10"
            default: settings.region = "r2"
            }
            let store = try store()
            #expect(store.read(settings) == nil)
            #expect(store.counts.rejected.value == 1)
        }
        #expect(try pipe.line(with: "up-1.list is not served").contains("credentials"))
        #expect(folder.names.allSatisfy { $0.contains(".list.rejected-") })
    }

    @Test("A damaged file is set aside with a message; of many only a few are kept")
    func rejected() async throws {
        try await keep(Self.list(), in: store())
        let bytes = try folder.bytes("up-1.list")
        for index in 0..<12 {
            var damaged = bytes
            damaged[bytes.count - 1 - index * 50] ^= 4
            folder.write(damaged, "up-1.list")
            #expect(try store().read(Self.settings) == nil)
            // The next one is of another second, or takes the place of this one.
            folder.write(damaged, "up-\(index).list.rejected-2026010\(index % 10)T000000Z-damaged")
        }
        #expect(try pipe.line(with: "is not served").contains("it is damaged"))
        folder.write(Array("nonsense".utf8), "up-1.list")
        #expect(try store().read(Self.settings) == nil)
        #expect(folder.names.count <= StateDirectory.rejectedFilesMax)
        #expect(folder.names.contains { $0.hasSuffix("-foreign") })
    }

    @Test("What a process that is no more left half-written is removed, another's is not touched")
    func leftovers() throws {
        folder.write([1], "up-1.list.\(getpid()).tmp")
        folder.write([1], "up-1.list.4194999.tmp")
        folder.write([1], "up-1.list.1.tmp")
        folder.write([1], "notes.tmp")
        _ = try store()
        #expect(folder.names == ["notes.tmp", "up-1.list.1.tmp"])
    }

    @Test("A missing directory is made with what is missing above it, for this user alone")
    func missingDirectory() throws {
        for path in ["one/two/three", "four//five/"] {
            #expect(StateDirectory(path: "\(folder.path)/\(path)").prepare() == nil)
            for step in [path, String(path.prefix { $0 != "/" })] {
                #expect(folder.facts(step).st_mode == S_IFDIR | 0o700, "\(step)")
            }
        }
        folder.write([1], "file")
        let path = "\(folder.path)/file/one/two"
        let complaint = StateDirectory(path: path).complaint()
        #expect(complaint == "\(path) cannot be used: Not a directory")
        #expect(StateDirectory(path: path).prepare() == complaint)
    }

    @Test("A directory that cannot be written is said once, counted, and harms nothing")
    func unwritable() async throws {
        folder.write([1], "file")
        let store = try StateStore(directory: "\(folder.path)/file", log: log)
        _ = try pipe.line(with: "is no directory")
        for images in 1...3 { try await keep(Self.list(images: images), in: store) }
        #expect(store.counts.failures.value == 3)
        let line = try pipe.line(with: "lists would not survive a restart")
        #expect(line.contains("cannot be written"))
        log.event("info", "end")
        _ = try pipe.line(with: "end")
        #expect(pipe.text.split(separator: "\n").count { $0.contains("cannot be written") } == 1)
    }

    @Test("A purged list is gone from the disk")
    func forget() async throws {
        let store = try store()
        try await keep(Self.list(), in: store)
        store.forget(upstream: "up-1")
        await store.finish(timekeeper)
        #expect(folder.names == [])
    }

    /// No file is removed where a folder stands in its place.
    private func keepFromRemoving(_ name: String) { mkdir("\(folder.path)/\(name)", 0o700) }

    @Test("A purged list whose file cannot be removed is said each time, and counted")
    func unremovable() async throws {
        // A disk that takes no lists was said before.
        let store = try StateStore(directory: folder.path, log: log)
        keepFromRemoving("up-1.list")
        try await keep(Self.list(), in: store)
        _ = try pipe.line(with: "up-1.list cannot be written")
        for count in 2...3 {
            store.forget(upstream: "up-1")
            await store.finish(timekeeper)
            #expect(store.counts.failures.value == count)
            #expect(store.counts.writes.value == 0)
        }
        #expect(try pipe.line(with: "up-1.list cannot be removed").contains("after a restart"))
        log.event("info", "end")
        _ = try pipe.line(with: "end")
        #expect(pipe.text.split(separator: "\n").count { $0.contains("cannot be removed") } == 2)
        rmdir("\(folder.path)/up-1.list")
    }

    @Test("What could not be removed goes when another list is written, or is written over")
    func removedLater() async throws {
        let store = try store()
        for name in ["up-1.list", "up-2.list"] { keepFromRemoving(name) }
        for upstream in ["up-1", "up-2"] { store.forget(upstream: upstream) }
        await store.finish(timekeeper)
        _ = try pipe.line(with: "up-2.list cannot be removed")
        for name in ["up-1.list", "up-2.list"] {
            rmdir("\(folder.path)/\(name)")
            folder.write([1], name)
        }
        try await keep(Self.list(), in: store)
        #expect(try pipe.line(with: "is removed now").contains("up-2.list"))
        #expect(folder.names == ["up-1.list"])
        #expect(try self.store().read(Self.settings)?.snapshot.count == 40)
    }
}
