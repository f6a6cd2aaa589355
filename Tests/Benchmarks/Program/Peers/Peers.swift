internal import TestKit

/// Others who do the same work, started on the server's core.
enum Peers {
    /// This program in the part of the floor.
    static func floor(_ file: String, _ folder: TemporaryFolder) throws(Unmeasured)
        -> ListeningProcess
    {
        let command = [Programs.own, "peer", "floor", file]
        return try ListeningProcess(command, on: Processors.ofServer, folder)
    }

    /// This program as the five upstreams, on the client's core.
    static func lists(
        images: Int,
        delayMilliseconds: Int = 0,
        isChanging: Bool = false,
        _ folder: TemporaryFolder
    ) throws(Unmeasured) -> ListeningProcess {
        var command = [Programs.own, "peer", "lists", "\(delayMilliseconds)", "\(images)"]
        if isChanging { command.append("changing") }
        return try ListeningProcess(command, on: Processors.ofClient, folder)
    }
}

/// nginx, which serves one page from a file and the same through its cache.
struct Nginx {
    let process: ChildProcess
    let staticURL: String
    let cachedURL: String

    /// `nil` where nginx is not installed.
    static func serving(_ page: [UInt8], _ folder: TemporaryFolder) throws(Unmeasured) -> Nginx? {
        guard let program = Programs.path(of: "nginx") else { return nil }
        let ports = (try Loopback.freePort(), try Loopback.freePort())
        let template = try Programs.file("Peers/nginx.conf")
        let text = (File.text(template) ?? "")
            .replacing("STATIC_PORT", with: "\(ports.0)")
            .replacing("CACHED_PORT", with: "\(ports.1)")
        try File.write(text, to: folder.file("nginx.conf"))
        try File.write(page, to: "\(folder.folder("www"))/page.json")
        let process = try ChildProcess(
            [program, "-p", folder.path, "-c", "nginx.conf", "-e", folder.file("nginx.log")],
            on: Processors.ofServer
        )
        guard Wait.until({ Loopback.answers(ports.1) }, atMost: .seconds(10)) else {
            throw Unmeasured(reason: "nginx does not listen")
        }
        return Nginx(
            process: process,
            staticURL: "http://127.0.0.1:\(ports.0)",
            cachedURL: "http://127.0.0.1:\(ports.1)"
        )
    }
}

/// What one would write instead with Go's standard library; built anew, as Go keeps what did not change.
struct Aggregator {
    let process: ChildProcess
    let url: String

    /// `nil` where Go is not installed.
    static func asking(_ origin: String, _ folder: TemporaryFolder) throws(Unmeasured)
        -> Aggregator?
    {
        guard let go = Programs.path(of: "go") else { return nil }
        let program = folder.file("aggregator")
        let source = try Programs.file("Peers/aggregator.go")
        let build = try ChildProcess([go, "build", "-o", program, source])
        try build.finish(atMost: .seconds(180))
        return try start(program, origin)
    }

    private static func start(_ program: String, _ origin: String) throws(Unmeasured) -> Aggregator
    {
        let port = try Loopback.freePort()
        let process = try ChildProcess(
            [program, "127.0.0.1:\(port)", origin],
            environment: ["GOMAXPROCS": "1"],
            on: Processors.ofServer
        )
        guard Wait.until({ Loopback.answers(port) }, atMost: .seconds(10)) else {
            throw Unmeasured(reason: "the aggregator does not listen")
        }
        return Aggregator(process: process, url: "http://127.0.0.1:\(port)")
    }
}
