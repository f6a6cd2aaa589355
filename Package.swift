// swift-tools-version: 6.2
import PackageDescription

// The layers of the house, lowest first. A target names only targets of a lower layer;
// `Tests/TidyTests/ImportLawTests.swift` holds the same table against the `import` lines.

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("ExistentialAny"),
    // Who awaits on a loop goes on there, without asking for an executor at every call.
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
    // Without it a generic type used across modules is not specialised (5 to 7 times slower).
    .unsafeFlags(["-cross-module-optimization"], .when(configuration: .release)),
]

/// What is installed needs no Swift on the machine, and calls the runtime without the detour of a shared library.
/// What is measured is what is installed.
let standalone: [LinkerSetting] = [
    // The static FoundationEssentials does not name the two libraries that it stands on.
    .unsafeFlags(
        ["-static-stdlib", "-l_FoundationCShims", "-l_FoundationCollections"],
        .when(configuration: .release)
    )
]

func module(
    _ name: String,
    _ dependencies: [Target.Dependency] = [],
    settings: [SwiftSetting] = []
) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict + settings)
}

/// For what runs at a start and a reload alone.
let small: [SwiftSetting] = [.unsafeFlags(["-Osize"], .when(configuration: .release))]

func tests(
    _ name: String,
    _ dependencies: [Target.Dependency],
    fixtures: [String] = []
) -> Target {
    .testTarget(
        name: "\(name)Tests",
        dependencies: dependencies + ["TestKit"],
        exclude: fixtures,
        swiftSettings: strict,
    )
}

func systemLibrary(_ name: String, _ libraries: String...) -> Target {
    .target(name: name, linkerSettings: libraries.map { .linkedLibrary($0) })
}

/// `+` marks a tree with changes that are in no commit. A container is built from files alone and told by its builder.
let commit =
    Context.environment["IMAGE_GATEWAY_COMMIT"]
    ?? Context.gitInformation.map {
        $0.currentCommit.prefix(12) + ($0.hasUncommittedChanges ? "+" : "")
    }

let layer0: [Target] = [
    .target(
        name: "CBuildInfo",
        cSettings: [.define("IMAGE_GATEWAY_COMMIT", to: "\"\(commit ?? "unknown")\"")]
    ),
    .target(name: "CSystem"),
    systemLibrary("CCurl", "curl"),
    systemLibrary("COpenSSL", "ssl", "crypto"),
    systemLibrary("CZlib", "z"),
    .target(name: "CWebAssets", exclude: ["Assets"]),
    module("ImageModel"),
    module("JSONText"),
    module("HTTPWire"),
    module("MonotonicTime"),
    module("Observability"),
]

let layer1: [Target] = [
    module("EventLoops", ["CSystem", "MonotonicTime"]),
    module("Cryptography", ["COpenSSL"]),
    module("Catalogs", ["ImageModel", "JSONText"]),
    module("Caching", ["MonotonicTime"]),
    module("Upstreams", ["ImageModel", "MonotonicTime", "Observability"]),
]

let layer2: [Target] = [
    module("Providers", ["Cryptography", "JSONText", "ImageModel", "Observability", "Upstreams"]),
    module(
        "CurlClient",
        ["CCurl", "EventLoops", "ImageModel", "MonotonicTime", "Observability", "Upstreams"]
    ),
    module(
        "HTTPServing",
        ["COpenSSL", "CSystem", "EventLoops", "HTTPWire", "MonotonicTime", "Observability"]
    ),
    module(
        "Federation",
        [
            "Caching", "Catalogs", "Cryptography", "ImageModel", "JSONText", "MonotonicTime",
            "Observability", "Upstreams",
        ]
    ),
    module("WebTokens", ["Cryptography", "JSONText"]),
    module(
        "Configuration",
        ["ImageModel", "JSONText", "Observability", "Upstreams"],
        settings: small
    ),
]

let layer3: [Target] = [
    module(
        "GatewayAPI",
        [
            "Caching", "Catalogs", "Configuration", "Cryptography", "CWebAssets", "CZlib",
            "Federation", "HTTPWire", "ImageModel", "JSONText", "MonotonicTime", "Observability",
            "Upstreams", "WebTokens",
        ]
    ),
    module("ProviderSimulators", ["Cryptography", "HTTPServing", "HTTPWire", "JSONText"]),
]

let layer4: [Target] = [
    .executableTarget(
        name: "image-gateway",
        dependencies: [
            "Caching", "Catalogs", "CBuildInfo", "CCurl", "Configuration", "COpenSSL",
            "Cryptography", "CSystem",
            "CurlClient", "EventLoops", "Federation", "GatewayAPI", "HTTPServing", "HTTPWire",
            "ImageModel", "JSONText", "MonotonicTime", "Observability", "Providers",
            "ProviderSimulators", "Upstreams",
        ],
        swiftSettings: strict,
        linkerSettings: standalone,
    )
]

let testTargets: [Target] = [
    .target(
        name: "TestKit",
        dependencies: ["COpenSSL", "Cryptography", "MonotonicTime"],
        path: "Tests/TestKit",
        swiftSettings: strict,
    ),
    tests("ImageModel", ["ImageModel", "JSONText"], fixtures: ["Fixtures"]),
    tests("JSONText", ["JSONText"]),
    .target(
        name: "WireReading",
        dependencies: ["HTTPWire"],
        path: "Tests/WireReading",
        swiftSettings: strict,
    ),
    tests("HTTPWire", ["HTTPWire", "WireReading"]),
    tests("Observability", ["Observability"]),
    tests("EventLoops", ["EventLoops", "CSystem", "MonotonicTime"]),
    tests("Cryptography", ["Cryptography"]),
    tests("WebTokens", ["WebTokens", "Cryptography", "JSONText"]),
    .target(
        name: "CatalogOracle",
        dependencies: ["Catalogs", "ImageModel", "TestKit"],
        path: "Tests/CatalogOracle",
        swiftSettings: strict,
    ),
    tests("Catalogs", ["CatalogOracle", "Catalogs", "ImageModel", "JSONText"]),
    tests("MonotonicTime", ["MonotonicTime"]),
    tests("Caching", ["Caching", "MonotonicTime"]),
    tests("Upstreams", ["Upstreams", "ImageModel", "MonotonicTime", "Observability"]),
    tests(
        "Providers",
        ["Providers", "Cryptography", "ImageModel", "JSONText", "Observability", "Upstreams"],
        fixtures: ["Fixtures"]
    ),
    tests(
        "CurlClient",
        [
            "COpenSSL", "CurlClient", "EventLoops", "HTTPServing", "HTTPWire", "ImageModel",
            "MonotonicTime", "Upstreams",
        ]
    ),
    tests(
        "HTTPServing",
        ["HTTPServing", "COpenSSL", "CSystem", "EventLoops", "HTTPWire", "MonotonicTime"]
    ),
    tests(
        "Federation",
        [
            "Federation", "Caching", "Catalogs", "Cryptography", "ImageModel", "JSONText",
            "MonotonicTime", "Observability", "Upstreams",
        ]
    ),
    tests(
        "Configuration",
        ["Configuration", "ImageModel", "JSONText", "Observability", "Providers", "Upstreams"]
    ),
    tests(
        "GatewayAPI",
        [
            "GatewayAPI", "Caching", "Catalogs", "Configuration", "Cryptography", "Federation",
            "HTTPWire", "ImageModel", "JSONText", "MonotonicTime", "Observability", "Upstreams",
            "WebTokens",
        ]
    ),
    tests(
        "ProviderSimulators",
        ["ProviderSimulators", "Cryptography", "HTTPServing", "HTTPWire", "JSONText"]
    ),
    tests(
        "Gateway",
        [
            "image-gateway", "Configuration", "Cryptography", "CurlClient", "EventLoops",
            "Federation", "GatewayAPI", "HTTPServing", "HTTPWire", "ImageModel", "JSONText",
            "MonotonicTime", "Observability", "ProviderSimulators", "Providers", "Upstreams",
        ]
    ),
    tests("Tidy", []),
]

/// Measures the rows of the table of performance; part of no product. The counter of allocations is
/// linked into it, and preloaded into a gateway whose allocations are counted.
let benchmarks: [Target] = [
    .target(name: "CAllocationCounter", path: "Tests/Benchmarks/AllocationCounter"),
    .target(name: "CBenchmarkSystem", path: "Tests/Benchmarks/System"),
    .executableTarget(
        name: "Benchmarks",
        dependencies: [
            "CAllocationCounter", "CatalogOracle", "Catalogs", "CBenchmarkSystem", "CCurl",
            "CSystem", "HTTPWire", "ImageModel", "JSONText", "Observability", "Providers",
            "ProviderSimulators", "TestKit",
            "Upstreams",
        ],
        path: "Tests/Benchmarks/Program",
        swiftSettings: strict,
        linkerSettings: standalone,
    ),
]

/// Feeds mutated bytes to every parser. Only `deploy/fuzz` builds it: libFuzzer's loop comes with a compiler
/// flag that instruments everything else, too.
let fuzzing: [Target] =
    Context.environment["IMAGE_GATEWAY_FUZZ"] == nil
    ? []
    : [
        .target(name: "CFuzzDriver", path: "Tests/Fuzz/Driver"),
        .executableTarget(
            name: "Fuzz",
            dependencies: [
                "Caching", "CatalogOracle", "Catalogs", "CFuzzDriver", "Configuration",
                "Cryptography", "CSystem",
                "Federation", "GatewayAPI", "HTTPWire", "ImageModel", "JSONText", "Observability",
                "Providers", "ProviderSimulators", "TestKit", "Upstreams", "WebTokens",
                "WireReading",
            ],
            path: "Tests/Fuzz/Program",
            swiftSettings: strict,
        ),
    ]

let package = Package(
    name: "image-gateway",
    products: [
        .executable(name: "image-gateway", targets: ["image-gateway"]),
        .library(name: "AllocationCounter", type: .dynamic, targets: ["CAllocationCounter"]),
    ],
    targets: layer0 + layer1 + layer2 + layer3 + layer4 + testTargets + benchmarks + fuzzing,
    cLanguageStandard: .gnu17
)
