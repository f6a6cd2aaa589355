internal import CBuildInfo
internal import CCurl
internal import COpenSSL
internal import Configuration
internal import Glibc
internal import Providers

enum Version {
    static let number = "0.1.0"
}

/// `image-gateway version`
enum VersionCommand {
    static var command: Command {
        Command(
            name: "version",
            summary: "version, commit, Swift, libcurl and OpenSSL versions",
            usage: "",
            flags: [],
            run: run
        )
    }

    private static func run(_ arguments: Arguments) -> Int32 {
        let lines = [
            "image-gateway \(Version.number)",
            "commit \(String(cString: build_info_commit()))",
            swift,
            String(cString: curl_version()),
            String(cString: OpenSSL_version(OPENSSL_VERSION)),
        ]
        return StandardOutput.write(lines: lines, of: "version")
    }

    private static var swift: String {
        #if swift(>=6.4)
            "Swift 6.4 or newer"
        #elseif swift(>=6.3)
            "Swift 6.3"
        #else
            "Swift 6.2"
        #endif
    }
}

/// `image-gateway schema`
enum SchemaCommand {
    static var command: Command {
        Command(
            name: "schema",
            summary: "print the JSON Schema (2020-12) of the configuration",
            usage: "",
            flags: [],
            run: run
        )
    }

    private static func run(_ arguments: Arguments) -> Int32 {
        let schema = ConfigurationSchema(descriptors: ProviderRegistry.descriptors)
        return StandardOutput.write(schema.jsonSchema(), of: "schema")
    }
}
