import Testing

private let fileLineCountMax = 500
private let functionLineCountMax = 70
private let medianFileLineCountMax = 150

/// A spelling that has no place here, with what to do instead.
private struct BannedName {
    var text: String
    var instead: String
    /// Whether comments and strings count too.
    var countsEverywhere = false
    /// Path prefixes where the name may stand, with the reason.
    var exceptions: [String: String] = [:]
}

private let rulesThemselves = ["Tests/TidyTests/": "the rules name what they ban"]

private let bannedNames: [BannedName] = [
    BannedName(text: "try!", instead: "handle the error or let it through"),
    BannedName(text: "Task.detached", instead: "a child of a task group"),
    BannedName(text: "Thread.sleep", instead: "a timer of the loop, a manual clock in tests"),
    BannedName(
        text: "TODO",
        instead: "do it now or write down in the issue why not",
        countsEverywhere: true,
        exceptions: rulesThemselves
    ),
    BannedName(
        text: "FIXME",
        instead: "do it now or write down in the issue why not",
        countsEverywhere: true,
        exceptions: rulesThemselves
    ),
    BannedName(
        text: "ContinuousClock.",
        instead: "MonotonicClock, whose instants the compiler sees through",
        exceptions: ["Tests/": "what a test or a benchmark takes is measured with the usual clock"]
    ),
    BannedName(
        text: "import Foundation",
        instead: "the standard library, or Glibc in a shell",
        exceptions: [
            "Sources/Configuration/": "FoundationEssentials decodes the configuration",
            "Tests/ConfigurationTests/":
                "FoundationEssentials reads the example files like the module",
        ]
    ),
    BannedName(
        text: "Task {",
        instead: "a task group",
        exceptions: unstructuredTasks
    ),
    BannedName(text: "Task(", instead: "a task group", exceptions: unstructuredTasks),
    BannedName(
        text: "/home/",
        instead: "a path below the package",
        countsEverywhere: true,
        exceptions: rulesThemselves
    ),
    BannedName(
        text: "/Users/",
        instead: "a path below the package",
        countsEverywhere: true,
        exceptions: rulesThemselves
    ),
]

private let unstructuredTasks = [
    "Sources/image-gateway/": "signals and reloads start work nobody waits for",
    "Sources/HTTPServing/": "one task per request that cannot be answered at once",
    "Sources/Caching/SingleFlight.swift":
        "work that outlives its first caller, cancelled by its last",
    "Tests/": "a test plays the caller who leaves early",
]

/// Promises the compiler cannot check; each needs a comment above that says who keeps it.
private let uncheckedPromises = ["@unchecked Sendable", "nonisolated(unsafe)"]

/// Modules without any unchecked promise, and the exceptions with their reason.
private let checkedTargets: Set<String> = [
    "ImageModel", "Providers", "Federation", "GatewayAPI", "ProviderSimulators",
]
private let uncheckedExceptions: [String: String] = [
    "Sources/GatewayAPI/GatewayResponder.swift":
        "one per loop; its state never leaves that loop's thread"
]

@Suite("Tidiness of the sources")
struct SourceTidyTests {
    @Test("No file has more than 500 lines")
    func fileLength() throws {
        let long = try SourceTree.files()
            .filter { $0.text.lines.count > fileLineCountMax }
            .map { "\($0.path): \($0.text.lines.count)" }
        #expect(long == [])
    }

    @Test("Half of the source files have fewer than 150 lines")
    func medianFileLength() throws {
        let counts = try SourceTree.sources().map(\.text.lines.count).sorted()
        let median = try #require(counts.isEmpty ? nil : counts[counts.count / 2])
        #expect(median < medianFileLineCountMax)
    }

    @Test("No function has more than 70 lines")
    func functionLength() throws {
        let long = try SourceTree.files().flatMap { file in
            FunctionLengths(file.text).functions
                .filter { $0.lineCount > functionLineCountMax }
                .map { "\(file.path):\($0.line): \($0.lineCount)" }
        }
        #expect(long == [])
    }

    @Test("Banned names stand nowhere but where an exception gives a reason")
    func names() throws {
        var found: [String] = []
        for file in try SourceTree.files() {
            for banned in bannedNames where !banned.isExcepted(file.path) {
                found += banned.lines(in: file).map { "\(file.path):\($0): \(banned.advice)" }
            }
        }
        #expect(found == [])
    }

    @Test("An unchecked promise has a comment above that names the invariant")
    func uncheckedPromisesExplained() throws {
        let bare = try SourceTree.files().flatMap { file in
            file.linesOfUncheckedPromises.filter { !file.text.hasComment(above: $0) }
                .map { "\(file.path):\($0)" }
        }
        #expect(bare == [])
    }

    @Test("Pure modules make no unchecked promise")
    func uncheckedPromisesPlaced() throws {
        let misplaced = try SourceTree.sources()
            .filter { checkedTargets.contains($0.target) && uncheckedExceptions[$0.path] == nil }
            .flatMap { file in file.linesOfUncheckedPromises.map { "\(file.path):\($0)" } }
        #expect(misplaced == [])
    }

    @Test("Every exception still has a file to except")
    func exceptionsInUse() throws {
        let paths = try SourceTree.files().map(\.path)
        let prefixes = bannedNames.flatMap(\.exceptions.keys) + uncheckedExceptions.keys
        #expect(prefixes.filter { prefix in !paths.contains { $0.hasPrefix(prefix) } } == [])
    }
}

extension BannedName {
    fileprivate var advice: String { "'\(text)', instead: \(instead)" }

    fileprivate func isExcepted(_ path: String) -> Bool {
        exceptions.keys.contains { path.hasPrefix($0) }
    }

    /// Numbers of the lines that hold the name as a word of its own.
    fileprivate func lines(in file: SourceTree.File) -> [Int] {
        guard file.mentions(text) else { return [] }
        return file.text.lines.indices.filter { index in
            holds(countsEverywhere ? file.text.lines[index] : file.text.codeLines[index][...])
        }.map { $0 + 1 }
    }

    private func holds(_ line: Substring) -> Bool {
        var rest = line
        while let range = rest.firstRange(of: text) {
            let before = line[..<range.lowerBound].last
            if before.map({ !$0.isLetter && $0 != "_" }) ?? true { return true }
            rest = rest[range.upperBound...]
        }
        return false
    }
}

extension SourceTree.File {
    fileprivate var linesOfUncheckedPromises: [Int] {
        let mentioned = uncheckedPromises.filter(mentions)
        guard !mentioned.isEmpty else { return [] }
        return text.codeLines.indices.filter { index in
            mentioned.contains { text.codeLines[index].contains($0) }
        }.map { $0 + 1 }
    }
}

extension SourceText {
    /// Whether a comment stands directly above the line, or above the attributes over it.
    fileprivate func hasComment(above lineNumber: Int) -> Bool {
        var index = lineNumber - 2
        while index >= 0 {
            let line = lines[index].drop { $0 == " " }
            if line.hasPrefix("//") { return true }
            guard line.hasPrefix("@") else { return false }
            index -= 1
        }
        return false
    }
}
