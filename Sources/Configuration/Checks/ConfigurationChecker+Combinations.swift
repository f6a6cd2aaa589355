import Observability
import Upstreams

// Members that are right each by itself and wrong together. Each check keeps quiet where a member that
// it needs is wrong already: that is reported where it stands.
extension ConfigurationChecker {
    mutating func checkCombinations(_ root: SettledObject) {
        checkRequest(root)
        checkCursorKey(root)
        checkListeners(root)
        checkClientCertificates()
        checkOrigins(root)
        checkTracing(root)
        checkClients(root)
        checkUpstreams(root)
    }

    private mutating func checkRequest(_ root: SettledObject) {
        guard let request = root.object("request"), let size = request.integer("page_size"),
            let sizeMax = request.integer("page_size_max"), size > sizeMax
        else { return }
        let path = ConfigurationPath.root.appending("request").appending("page_size")
        let message = "\(size) is more than page_size_max, which is \(sizeMax)"
        report(.error, path, TextComplaint(message))
    }

    private mutating func checkCursorKey(_ root: SettledObject) {
        let path = ConfigurationPath.root.appending("cursor_key")
        if let key = root.secret("cursor_key")?.revealed {
            let bytes = attempt(path) { () throws(TextComplaint) in try KeyText.bytes32(key) }
            warnOfGuessing(bytes ?? [], at: path)
        } else if !isPresent(path) {
            report(
                .warning,
                path,
                TextComplaint(
                    "is missing, so a random one is made at each start: cursors end with a restart "
                        + "and are refused by other replicas",
                    KeyText.hint
                )
            )
        }
    }

    private mutating func checkListeners(_ root: SettledObject) {
        let listen = root.object("listen")?.address("address")
        if let admin = root.object("admin") { checkAdmin(admin, listen: listen) }
        let isOpen = !isPresent(ConfigurationPath.root.appending("clients"))
        if let listen, !listen.isLoopback, isOpen {
            let message = "everybody who reaches \(listen) may list every image"
            let hint = "name the callers in clients"
            let path = ConfigurationPath.root.appending("listen").appending("address")
            report(.warning, path, TextComplaint(message, hint))
        }
    }

    private mutating func checkAdmin(_ admin: SettledObject, listen: ListenAddress?) {
        let path = ConfigurationPath.root.appending("admin")
        guard let address = admin.address("address") else { return }
        if let listen, address.overlaps(listen) {
            let message =
                address == listen
                ? "\(address) is the public port too"
                : "\(address) is taken by the public port, \(listen)"
            report(.error, path.appending("address"), TextComplaint(message, "choose another port"))
        }
        checkAdminKey(Array((admin.secret("key")?.revealed ?? "").utf8), at: path.appending("key"))
        if !address.isLoopback, !isPresent(path.appending("key")) {
            report(
                .error,
                path.appending("address"),
                TextComplaint(
                    "other machines reach \(address), and admin.key is missing",
                    "add key: { env: \"IMAGE_GATEWAY_ADMIN_KEY\" } or listen on 127.0.0.1"
                )
            )
        }
    }

    /// Blanks around a field's value are no part of it (RFC 9110 §5.5). A tab is refused in every secret.
    private mutating func checkAdminKey(_ key: [UInt8], at path: ConfigurationPath) {
        let blank = UInt8(ascii: " ")
        if key.first == blank || key.last == blank {
            let message = "begins or ends with a blank, so no request can show it: HTTP cuts off "
            let hint = "write it without blanks around it"
            report(.error, path, TextComplaint(message + "blanks around a value", hint))
        }
        warnOfGuessing(key, at: path)
    }

    /// Nobody is slowed down who tries one key after the other, so it must be one that trying does not find.
    private mutating func warnOfGuessing(_ key: [UInt8], at path: ConfigurationPath) {
        guard !key.isEmpty, let complaint = KeyText.complaint(aboutGuessing: key) else { return }
        report(.warning, path, complaint)
    }

    /// Without an authority no certificate is asked for, and a port that is meant to be closed is open.
    private mutating func checkClientCertificates() {
        let tls = ConfigurationPath.root.appending("listen").appending("tls")
        let path = tls.appending("client_certificate")
        guard isPresent(path), !isPresent(tls.appending("client_ca")) else { return }
        let message = "no certificate is ever asked for without client_ca"
        let hint = "add client_ca, or leave this key out where clients show no certificate"
        report(.error, path, TextComplaint(message, hint), at: .key)
    }

    private mutating func checkOrigins(_ root: SettledObject) {
        let path = ConfigurationPath.root.appending("cors").appending("origins")
        let origins = root.object("cors")?.texts("origins") ?? []
        for (index, origin) in origins where origin == "*" && origins.count > 1 {
            report(.error, path.appending(index), TextComplaint("\"*\" must stand alone"))
        }
    }

    private mutating func checkTracing(_ root: SettledObject) {
        let path = ConfigurationPath.root.appending("tracing").appending("headers")
        let headers = root.object("tracing")?.objects("headers") ?? []
        let names = headers.map { ($0.index, $0.object.text("name")?.lowercased()) }
        for (place, (index, name)) in names.enumerated() {
            guard let name else { continue }
            let path = path.appending(index).appending("name")
            if FieldName.isReserved(name) {
                report(.error, path, TextComplaint("is a field of HTTP itself"))
            } else if let first = names[..<place].first(where: { $0.1 == name }) {
                report(.error, path, TextComplaint("stands in headers[\(first.0)], too"))
            }
        }
    }

    mutating func checkUnique(
        _ key: String,
        of elements: [(index: Int, object: SettledObject)],
        at path: ConfigurationPath,
        _ message: (String) -> String
    ) {
        var first: [String: Int] = [:]
        for (index, object) in elements {
            guard let value = object.text(key) else { continue }
            if let earlier = first[value] {
                let holder = path.appending(earlier)
                let text = "\(message(value)) by \(holder)"
                report(.error, path.appending(index).appending(key), TextComplaint(text))
            } else {
                first[value] = index
            }
        }
    }
}
