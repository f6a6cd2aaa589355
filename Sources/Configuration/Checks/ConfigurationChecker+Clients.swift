extension ConfigurationChecker {
    mutating func checkClients(_ root: SettledObject) {
        let clients = root.objects("clients")
        let path = ConfigurationPath.root.appending("clients")
        checkUnique("id", of: clients, at: path) { "the id \(Excerpt.quoted($0)) is taken" }
        checkUnique("key_sha256", of: clients, at: path) { _ in "the key is taken" }
        let known = root.objects("upstreams").compactMap { $0.object.text("id") }
        let hasAuthority = isPresent(
            ConfigurationPath.root.appending("listen").appending("tls").appending("client_ca")
        )
        for (index, client) in clients {
            let path = path.appending(index)
            checkIdentity(client, hasAuthority: hasAuthority, at: path)
            checkScope(client, known, at: path.appending("upstreams"))
        }
        checkReach(clients, at: path)
    }

    private mutating func checkScope(
        _ client: SettledObject,
        _ known: [String],
        at path: ConfigurationPath
    ) {
        for (place, id) in client.texts("upstreams") where id != "*" && !known.contains(id) {
            let hint = Likeness.closest(to: id, among: known).map { "did you mean \"\($0)\"?" }
            report(.error, path.appending(place), TextComplaint("no upstream has this id", hint))
        }
    }

    // MARK: Identity

    private mutating func checkIdentity(
        _ client: SettledObject,
        hasAuthority: Bool,
        at path: ConfigurationPath
    ) {
        if let jwt = client.object("jwt") {
            checkKeySet(jwt.object("jwks"), at: path.appending("jwt").appending("jwks"))
        }
        let certificate = path.appending("certificate")
        if isPresent(certificate) {
            if !hasAuthority {
                let message = "no certificate is ever asked for"
                let hint = "add listen.tls.client_ca"
                report(.error, certificate, TextComplaint(message, hint), at: .key)
            }
        }
    }

    private mutating func checkKeySet(_ jwks: SettledObject?, at path: ConfigurationPath) {
        guard let jwks else { return }
        if isPresent(path.appending("file")), isPresent(path.appending("ca_file")) {
            let message = "a file is not fetched, so there is nobody to trust"
            report(.error, path.appending("ca_file"), TextComplaint(message), at: .key)
        }
        guard let file = jwks.text("file") else { return }
        do {
            try resources.checkKeySet(file)
        } catch {
            report(.error, path.appending("file"), error)
        }
    }

    // MARK: Reach

    /// A client behind another one that takes all its tokens, or the same certificate, is never met.
    private mutating func checkReach(
        _ clients: [(index: Int, object: SettledObject)],
        at path: ConfigurationPath
    ) {
        for (place, (index, client)) in clients.enumerated() {
            let earlier = clients[..<place].first { Self.covers($0.object, client) }
            guard let earlier else { continue }
            let message =
                "is never met: \(path.appending(earlier.index)) comes first and takes the same"
            report(.error, path.appending(index), TextComplaint(message))
        }
    }

    private static func covers(_ first: SettledObject, _ second: SettledObject) -> Bool {
        if let one = first.object("certificate"), let other = second.object("certificate") {
            return one == other
        }
        guard let one = first.object("jwt"), let other = second.object("jwt"),
            one.text("issuer") == other.text("issuer"), one.object("jwks") == other.object("jwks")
        else { return false }
        func texts(_ object: SettledObject, _ key: String) -> Set<String> {
            Set(object.texts(key).map(\.text))
        }
        return texts(one, "audience").isSuperset(of: texts(other, "audience"))
            && texts(one, "algorithms").isSuperset(of: texts(other, "algorithms"))
            && (one.text("subject") == nil || one.text("subject") == other.text("subject"))
            && (one.list("claims").isEmpty || one.list("claims") == other.list("claims"))
    }
}
