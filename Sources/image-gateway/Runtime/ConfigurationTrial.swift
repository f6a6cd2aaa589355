internal import CSystem
internal import Configuration
internal import Cryptography
internal import HTTPServing
internal import ImageModel
internal import Providers
internal import Upstreams

/// Holds a configuration of the right form against those who would use it, with their own code: what `serve` or an
/// upstream's first call would stumble over is told with its place, by `check`, at the start and at a reload.
enum ConfigurationTrial {
    static func objections(to configuration: GatewayConfiguration) -> [ConfigurationObjection] {
        listener(configuration) + authorities(configuration) + adapters(configuration)
            + stateDirectory(configuration)
    }

    /// The gateway serves without it, so it is a warning.
    private static func stateDirectory(
        _ configuration: GatewayConfiguration
    ) -> [ConfigurationObjection] {
        guard let folder = configuration.stateDirectory,
            let complaint = StateDirectory(path: folder).complaint()
        else { return [] }
        let path = ConfigurationPath.root.appending("state_directory")
        return [ConfigurationObjection(.warning, path, complaint)]
    }

    // MARK: Providers

    /// What providers refuse of settings that have the right form. An upstream that is switched off may lack what it
    /// would need.
    private static func adapters(
        _ configuration: GatewayConfiguration
    ) -> [ConfigurationObjection] {
        configuration.upstreams.enumerated().compactMap { index, upstream in
            let path = ConfigurationPath.root.appending("upstreams").appending(index)
            return upstream.policy.enabled ? adapter(upstream.settings, at: path) : nil
        }
    }

    private static func adapter(
        _ settings: UpstreamSettings,
        at path: ConfigurationPath
    ) -> ConfigurationObjection? {
        do throws(UpstreamError) {
            _ = try ProviderRegistry.makeAdapter(settings: settings)
            return nil
        } catch {
            guard let setting = error.setting else {
                return ConfigurationObjection(.error, path, error.message)
            }
            let key = path.appending(dotted: setting.key)
            return ConfigurationObjection(.error, key, setting.message)
        }
    }

    // MARK: Certificates

    private static func listener(
        _ configuration: GatewayConfiguration
    ) -> [ConfigurationObjection] {
        guard let tls = configuration.listen.tls else { return [] }
        let path = ConfigurationPath.root.appending("listen").appending("tls")
        do throws(ServerError) {
            let remark = try Gateway.tls(tls).check().flatMap {
                validity($0, now: csystem_wall_seconds())
            }
            let certificate = path.appending("certificate")
            return remark.map { [ConfigurationObjection(.warning, certificate, $0)] } ?? []
        } catch {
            let file = self.path(of: error.file, below: path)
            return [ConfigurationObjection(.error, file, error.description)]
        }
    }

    /// What clients say, or will say soon, of a certificate; `nil` where it is good.
    static func validity(_ validity: CertificateValidity, now: Int64) -> String? {
        let (begin, end) = (time(validity.begin), time(validity.end))
        if now < validity.begin {
            return "is not valid before \(begin); clients refuse it until then"
        }
        if now > validity.end { return "has expired, at \(end); clients refuse it" }
        guard validity.end - now < expirySeconds else { return nil }
        return "expires at \(end); clients refuse it from then on"
    }

    /// Two weeks: whoever has certificates renewed by a program has them renewed by then.
    private static let expirySeconds: Int64 = 14 * 86_400

    private static func time(_ seconds: Int64) -> String { Timestamp(seconds: seconds).rfc3339 }

    private static func path(
        of file: HTTPServing.TLSConfiguration.File?,
        below path: ConfigurationPath
    ) -> ConfigurationPath {
        switch file {
        case .certificate: path.appending("certificate")
        case .key: path.appending("key")
        case .clientAuthority: path.appending("client_ca")
        case nil: path
        }
    }

    /// A file of authorities and where the configuration names it.
    private struct AuthorityPlace {
        var file: String?
        var path: ConfigurationPath
        var isInUse = true
    }

    /// libcurl reads such a file with the first connection, and all calls fail where it cannot.
    private static func authorities(
        _ configuration: GatewayConfiguration
    ) -> [ConfigurationObjection] {
        var known: [String: Bool] = [:]
        return authorityPlaces(configuration).compactMap { place in
            guard let file = place.file else { return nil }
            let isUsable = known[file] ?? AuthorityFile.isUsable(file)
            known[file] = isUsable
            if isUsable { return nil }
            let message = "the file \(file) holds no certificates of authorities that can be read"
            return ConfigurationObjection(place.isInUse ? .error : .warning, place.path, message)
        }
    }

    private static func authorityPlaces(
        _ configuration: GatewayConfiguration
    ) -> [AuthorityPlace] {
        let root = ConfigurationPath.root
        let tracing = AuthorityPlace(
            file: configuration.tracing?.authorities?.file,
            path: root.appending("tracing").appending("ca_file")
        )
        let clients = (configuration.clients ?? []).enumerated().map { index, client in
            AuthorityPlace(
                file: client.keySource?.authorities?.file,
                path: root.appending("clients").appending(index).appending("jwt").appending("jwks")
                    .appending("ca_file")
            )
        }
        let upstreams = configuration.upstreams.enumerated().map { index, upstream in
            AuthorityPlace(
                file: upstream.policy.transport.authorities?.file,
                path: root.appending("upstreams").appending(index).appending("tls")
                    .appending("ca_file"),
                isInUse: upstream.policy.enabled
            )
        }
        return [tracing] + clients + upstreams
    }
}

extension ConfigurationPath {
    /// `credentials.username` is two steps.
    fileprivate func appending(dotted keys: String) -> ConfigurationPath {
        keys.split(separator: ".").reduce(self) { $0.appending(String($1)) }
    }
}

extension ClientConfiguration {
    fileprivate var keySource: TokenClientConfiguration.KeySource? {
        if case .token(let token) = identity { token.keys } else { nil }
    }
}
