import Testing

/// The modules of the house, lowest layer first, and what each may take from the system. The table of
/// the architecture document as data.
private let law: [(layer: Int, target: String, system: Set<String>)] = [
    (0, "CSystem", []),
    (0, "CCurl", []),
    (0, "COpenSSL", []),
    (0, "CZlib", []),
    (0, "CWebAssets", []),
    (0, "CBuildInfo", []),
    (0, "ImageModel", []),
    (0, "JSONText", []),
    (0, "HTTPWire", []),
    (0, "MonotonicTime", ["Glibc"]),
    (0, "Observability", ["Synchronization"]),
    (1, "EventLoops", ["Glibc", "Synchronization"]),
    (1, "Cryptography", ["Synchronization"]),
    (1, "Catalogs", ["Synchronization"]),
    (1, "Caching", ["Synchronization"]),
    (1, "Upstreams", ["Synchronization"]),
    (2, "Providers", ["Synchronization"]),
    (2, "CurlClient", ["Glibc", "Synchronization"]),
    (2, "HTTPServing", ["Glibc", "Synchronization"]),
    (2, "Federation", ["Synchronization"]),
    (2, "WebTokens", []),
    (2, "Configuration", ["FoundationEssentials", "Synchronization"]),
    (3, "GatewayAPI", ["Synchronization"]),
    (3, "ProviderSimulators", ["Synchronization"]),
    (4, "image-gateway", ["Glibc", "Synchronization"]),
]

private let layers = Dictionary(uniqueKeysWithValues: law.map { ($0.target, $0.layer) })
private let systemModules = Dictionary(uniqueKeysWithValues: law.map { ($0.target, $0.system) })

@Suite("The law of modules")
struct ImportLawTests {
    @Test("A source imports only targets of a lower layer and the system modules of its row")
    func imports() throws {
        var breaches: [String] = []
        for file in try SourceTree.sources() {
            for module in file.imports where !mayImport(file.target, module) {
                breaches.append("\(file.path) imports \(module)")
            }
        }
        #expect(breaches == [])
    }

    @Test("A target of the manifest depends only on targets of a lower layer")
    func manifestLayers() throws {
        var breaches: [String] = []
        for (target, dependencies) in try ManifestTarget.all() {
            for dependency in dependencies where !isLower(dependency, than: target) {
                breaches.append("\(target) depends on \(dependency)")
            }
        }
        #expect(breaches == [])
    }

    @Test("A source imports only targets that the manifest names for it")
    func declared() throws {
        let manifest = try ManifestTarget.all()
        var breaches: [String] = []
        for file in try SourceTree.sources() {
            let named = manifest[file.target] ?? []
            for module in file.imports where layers[module] != nil && !named.contains(module) {
                breaches.append("\(file.path) imports \(module)")
            }
        }
        #expect(breaches == [])
    }

    @Test("Every target with Swift sources has a row in the table and a place in the manifest")
    func complete() throws {
        let targets = Set(try SourceTree.sources().map(\.target))
        let manifest = try ManifestTarget.all()
        #expect(targets.filter { layers[$0] == nil } == [])
        #expect(targets.filter { manifest[$0] == nil } == [])
        #expect(manifest.keys.filter { layers[$0] == nil } == [])
        #expect(targets.count > 10)
    }

    @Test("The package depends on no other package")
    func noPackageDependency() throws {
        #expect(!(try SourceTree.manifest().contains(".package(")))
    }

    private func mayImport(_ target: String, _ module: String) -> Bool {
        isLower(module, than: target) || systemModules[target]?.contains(module) == true
    }

    private func isLower(_ module: String, than target: String) -> Bool {
        guard let layer = layers[target], let moduleLayer = layers[module] else { return false }
        return moduleLayer < layer
    }
}

extension SourceTree.File {
    /// The modules of all `import` lines, whatever stands before and behind.
    fileprivate var imports: [String] {
        text.codeLines.compactMap { line in
            let words = line.split(separator: " ")
            guard let index = words.firstIndex(of: "import"), index + 1 < words.count,
                words[..<index].allSatisfy({ $0.hasPrefix("@") || Self.accessLevels.contains($0) })
            else { return nil }
            let kinds: Set<Substring> = [
                "struct", "class", "enum", "protocol", "func", "var", "let",
            ]
            let isScoped = kinds.contains(words[index + 1]) && index + 2 < words.count
            let path = words[index + (isScoped ? 2 : 1)]
            return path.split(separator: ".").first.map(String.init)
        }
    }

    private static let accessLevels: Set<Substring> = [
        "public", "package", "internal", "fileprivate", "private",
    ]
}

/// The library and executable targets of the product that Package.swift declares, read from its text.
private enum ManifestTarget {
    static func all() throws -> [String: Set<String>] {
        let text = try SourceTree.manifest()
        var targets: [String: Set<String>] = [:]
        for opening in ["module(", ".executableTarget("] {
            for part in text.split(separator: opening).dropFirst() {
                let strings = quoted(part)
                guard let name = strings.first,
                    !strings.contains(where: { $0.hasPrefix("Tests/") })
                else { continue }
                targets[name] = Set(strings.dropFirst())
            }
        }
        return targets
    }

    /// The string literals up to the parenthesis that closes the call.
    private static func quoted(_ text: Substring) -> [String] {
        var strings: [String] = []
        var depth = 1
        for (index, piece) in text.split(separator: "\"", omittingEmptySubsequences: false)
            .enumerated()
        {
            guard index % 2 == 0 else {
                strings.append(String(piece))
                continue
            }
            for character in piece {
                depth += character == "(" ? 1 : character == ")" ? -1 : 0
                if depth == 0 { return strings }
            }
        }
        return strings
    }
}
