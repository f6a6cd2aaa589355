import Configuration
import JSONText

@testable import ProviderSimulators

extension FuzzTarget {
    /// A file of faults for the simulators, or what is posted to them. It is a programme that can be asked what every
    /// provider suffers and written as JSON, or a reason.
    static let faultFiles = FuzzTarget(
        name: "fault-files",
        byteCountMax: 512,
        seeds: {
            PackageFiles.contents(below: "config", endingIn: "faults.example.json5")
                + seedTexts.map { Array($0.utf8) }
        }
    ) { bytes in
        read(bytes)
        switch FaultFile.load(path: "faults", readFile: { _ in bytes }) {
        case .success(let file): read(file.json)
        case .failure(let problems): hold(!problems.lines.isEmpty, "a reason")
        }
    }

    /// Microseconds since 1970.
    private static let now: Int64 = 1_767_225_600_000_000

    private static let words = FaultWords(
        closest: { word, candidates in candidates.first { $0.hasPrefix(word) } },
        duration: { Int($0.prefix { $0 != "s" }).map { .seconds($0) } }
    )

    private static func read(_ bytes: [UInt8]) {
        do throws(ControlError) {
            var programme = try FaultProgramme(bytes, now: now, words)
            for provider in SimulatedProvider.allCases {
                let places = programme.suffering(provider, now: now).map(\.fault.place)
                hold(Set(places).count == places.count, "one fault of each place: \(places)")
                _ = programme.greeting(provider, now: now)
                _ = programme.isRefused(provider, now: now)
                _ = programme.hasDoorFault(provider, now: now)
            }
            if let end = programme.nextEnd(now: now) { hold(end > now, "an end to come: \(end)") }
            var writer = JSONWriter()
            programme.write(to: &writer, now: now)
            let written = try? JSONValue(parsing: writer.bytes)
            hold(written?["faults"]?.arrayValue?.count == programme.rules.count, "written whole")
        } catch {
            hold(!error.message.isEmpty, "a reason")
        }
    }

    private static let seedTexts = [
        "[{\"provider\":\"gmi\",\"fault\":\"internal-error\",\"share\":0.5,\"requests\":3}]",
        "{\"seed\":7,\"faults\":[{\"fault\":\"rate-limited\",\"retry_after\":\"9\",\"for\":\"5s\"}]}",
        "[{provider:'*',fault:'huge-body',bytes:1e6,after:2},{fault:'redirect',target:'http://a',status:307}]",
        "[{\"fault\":\"slow-first-byte\",\"delay\":\"2s\"},{\"fault\":\"deep-nesting\",\"bytes\":9}]",
    ]
}
