extension ConfigurationAssembler {
    func client(_ client: SettledObject) -> ClientConfiguration {
        let scope = client.texts("upstreams").map(\.text)
        return ClientConfiguration(
            id: client.needed("id", client.text),
            identity: identity(client),
            upstreams: scope.contains("*") ? .all : .only(Set(scope)),
            rateLimit: client.object("rate_limit").map { limit in
                let rate = limit.needed("requests_per_second", limit.number)
                let burst = limit.integer("burst") ?? max(1, Int(rate.rounded(.up)))
                return ClientRateLimit(requestsPerSecond: rate, burst: burst)
            }
        )
    }

    private func identity(_ client: SettledObject) -> ClientConfiguration.Identity {
        if let jwt = client.object("jwt") { return .token(token(jwt)) }
        if let certificate = client.object("certificate") {
            if let name = certificate.text("san") { return .certificate(.alternative(name)) }
            return .certificate(.subject(certificate.needed("subject", certificate.text)))
        }
        return .key(sha256: KeyText.hex(client.needed("key_sha256", client.text)) ?? [])
    }

    private func token(_ jwt: SettledObject) -> TokenClientConfiguration {
        TokenClientConfiguration(
            issuer: jwt.needed("issuer", jwt.text),
            audiences: jwt.texts("audience").map(\.text),
            keys: keySource(jwt.needed("jwks", jwt.object)),
            algorithms: jwt.texts("algorithms").map(\.text),
            subject: jwt.text("subject"),
            claims: jwt.objects("claims").map { _, claim in
                TokenClientConfiguration.Claim(
                    name: claim.needed("name", claim.text),
                    anyOf: claim.texts("any_of").map(\.text)
                )
            },
            clockSkew: jwt.needed("clock_skew", jwt.duration)
        )
    }

    private func keySource(_ jwks: SettledObject) -> TokenClientConfiguration.KeySource {
        TokenClientConfiguration.KeySource(
            place: jwks.text("url").map { .url($0) } ?? .file(jwks.needed("file", jwks.text)),
            authorities: authorities(jwks),
            refresh: jwks.needed("refresh", jwks.duration)
        )
    }
}
