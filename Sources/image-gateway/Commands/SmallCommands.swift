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
        print("image-gateway \(Version.number)")
        print("commit \(String(cString: build_info_commit()))")
        #if swift(>=6.4)
            print("Swift 6.4 or newer")
        #elseif swift(>=6.3)
            print("Swift 6.3")
        #else
            print("Swift 6.2")
        #endif
        print(String(cString: curl_version()))
        print(String(cString: OpenSSL_version(OPENSSL_VERSION)))
        return 0
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
        print(String(decoding: schema.jsonSchema(), as: UTF8.self))
        return 0
    }
}
