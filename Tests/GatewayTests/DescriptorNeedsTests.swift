import Glibc
import TestKit
import Testing

@testable import image_gateway

@Suite("Few descriptors") struct DescriptorNeedsTests {
    @Test("What is needed grows with the loops; one less is told before anything is opened")
    func bounds() throws {
        let one = DescriptorNeeds.gateway(loops: 1)
        #expect(DescriptorNeeds.gateway(loops: 64).count > one.count + 64 * 4)
        let doors = DescriptorNeeds.simulators(loops: 2, ports: 6)
        #expect(doors.count == DescriptorNeeds.simulators(loops: 2, ports: 1).count + 10)
        #expect((one + doors).count == one.count + doors.count)
        for needs in [one, doors] {
            let enough = needs.count + 3
            try needs.check(available: enough, open: 3)
            try needs.check(available: nil, open: 3)
            for few in [0, 20, enough - 1] {
                do throws(DescriptorNeeds.Shortage) {
                    try needs.check(available: few, open: 3)
                    Issue.record("\(few) descriptors will do")
                } catch {
                    #expect(error.description.contains("may have \(few) file descriptors"))
                    #expect(error.description.contains("needs \(enough) at least"))
                }
            }
        }
    }

    @Test(
        "A process with too few ends with 1 and says how many it needs",
        arguments: [
            "serve --config %", "demo --listen 127.0.0.1:0", "simulate --listen 127.0.0.1:0",
            "simulate --listen 127.0.0.1:0 --provider-ports",
        ]
    )
    func processes(command: String) throws {
        let folder = TemporaryFolder()
        let file = folder.file("gateway.json5")
        let text = """
            { listen: { address: '127.0.0.1:0' },
              upstreams: [{ id: 'a', provider: 'aries', endpoint: 'http://127.0.0.1:1' }] }
            """
        let stream = try #require(fopen(file, "w"))
        fputs(text, stream)
        fclose(stream)
        let words = command.replacing("%", with: file)
        // Whoever finds enough runs on until it is ended, which is another status.
        for limit in [16, 20, 22, 23, 24, 25] {
            let run = try Shell.run(
                "exec 2>&1; ulimit -n \(limit); exec timeout 60 \(try Self.program()) \(words)"
            )
            #expect(run.status == 1, "\(limit): \(run)")
            #expect(run.text.contains("may have \(limit) file descriptors and needs"), "\(run)")
            #expect(!run.text.contains("listening"), "\(run)")
        }
    }

    /// The executable beside the tests.
    private static func program() throws -> String {
        var path = [CChar](repeating: 0, count: 4_096)
        let count = readlink("/proc/self/exe", &path, path.count)
        let bytes = path.prefix(max(0, count)).map { UInt8(bitPattern: $0) }
        let text = String(decoding: bytes, as: UTF8.self)
        let slash = try #require(text.lastIndex(of: "/"))
        return "\(text[..<slash])/image-gateway"
    }
}

/// Runs a line of shell to its end.
private enum Shell {
    struct Outcome {
        var status: Int32
        var text: String
    }

    struct Failure: Error {}

    static func run(_ line: String) throws -> Outcome {
        guard let pipe = popen(line, "r") else { throw Failure() }
        var text: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = fread(&buffer, 1, buffer.count, pipe)
            if count == 0 { break }
            text += buffer[..<count]
        }
        let status = pclose(pipe)
        // Ended by a signal: what a trap does.
        let signal = status & 0x7F
        return Outcome(
            status: signal == 0 ? status >> 8 & 0xFF : -signal,
            text: String(decoding: text, as: UTF8.self)
        )
    }
}
