import CFuzzDriver
import Glibc

/// `Fuzz TARGET [libFuzzer's arguments]` feeds mutated bytes to one parser; `Fuzz --list` names the targets,
/// `Fuzz --seeds TARGET FOLDER` writes what a target begins with, `Fuzz --requests COUNT PORT SEED` sends
/// mutated requests to a gateway on that port.
@main
enum Fuzz {
    /// Set once before libFuzzer's loop begins, which then calls back on this same thread.
    nonisolated(unsafe) private static var target = FuzzTarget.all[0]

    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        switch (arguments.first, arguments.count) {
        case ("--list", 1): FuzzTarget.all.forEach { print($0.name) }
        case ("--seeds", 3): writeSeeds(of: named(arguments[1]), to: arguments[2])
        case ("--requests", 4): sendRequests(arguments.dropFirst().map { Int($0) ?? 0 })
        case (let name?, _): run(named(name), arguments.dropFirst())
        case (nil, _): fail("which target? \(names)")
        }
    }

    private static func run(_ chosen: FuzzTarget, _ arguments: ArraySlice<String>) {
        target = chosen
        // What libFuzzer starts processes of its own with, as `-merge=1` does.
        let command = "\(CommandLine.arguments[0]) \(chosen.name)"
        let words = [command, "-max_len=\(chosen.byteCountMax)"] + arguments
        var pointers = words.map { strdup($0) } + [nil]
        var count = CInt(words.count)
        let status = pointers.withUnsafeMutableBufferPointer { buffer in
            var start = buffer.baseAddress
            return LLVMFuzzerRunDriver(&count, &start) { start, count in
                Fuzz.target.check(Array(UnsafeBufferPointer(start: start, count: count)))
                return 0
            }
        }
        exit(status)
    }

    private static func sendRequests(_ numbers: [Int]) {
        guard let port = UInt16(exactly: numbers[1]) else { fail("\(numbers[1]) is no port") }
        var fuzzer = RequestFuzzer(port: port, seed: UInt64(numbers[2].magnitude))
        fuzzer.run(requestCount: numbers[0])
        for finding in fuzzer.findings {
            print("finding: \(finding.reason): \(finding.request.text.debugDescription)")
        }
        print(
            "seen: \(fuzzer.sentCount) mutated requests over sockets, \(fuzzer.answerCount) answers,",
            "\(fuzzer.resetCount) resets, \(fuzzer.findings.count) findings (5xx, hangs over 2 s)"
        )
        exit(fuzzer.findings.isEmpty ? 0 : 1)
    }

    private static func writeSeeds(of target: FuzzTarget, to folder: String) {
        for (index, seed) in target.seeds().enumerated() {
            guard let file = fopen("\(folder)/seed-\(index)", "w") else {
                fail("cannot write into \(folder)")
            }
            fwrite(seed, 1, seed.count, file)
            fclose(file)
        }
    }

    private static func named(_ name: String) -> FuzzTarget {
        guard let target = FuzzTarget.all.first(where: { $0.name == name }) else {
            fail("there is no target '\(name)'; the targets are \(names)")
        }
        return target
    }

    private static var names: String { FuzzTarget.all.map(\.name).joined(separator: ", ") }

    private static func fail(_ message: String) -> Never {
        let line = Array("Fuzz: \(message)\n".utf8)
        write(STDERR_FILENO, line, line.count)
        exit(2)
    }
}
