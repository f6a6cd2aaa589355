import Upstreams

extension ConfigurationChecker {
    mutating func checkUpstreams(_ root: SettledObject) {
        let path = ConfigurationPath.root.appending("upstreams")
        let upstreams = root.objects("upstreams")
        checkUnique("id", of: upstreams, at: path) { "the id \(Excerpt.quoted($0)) is taken" }
        for (index, upstream) in upstreams {
            checkPatience(upstream, root, at: path.appending(index))
            checkUse(upstream, at: path.appending(index))
            guard let descriptor = schema.descriptor(named: upstream.text("provider")) else {
                continue
            }
            checkProvider(upstream, descriptor, at: path.appending(index))
            checkCredentials(descriptor, at: path.appending(index))
            checkPlainText(upstream, at: path.appending(index))
        }
        let isIdle =
            !upstreams.isEmpty && upstreams.allSatisfy { $0.object.flag("enabled") == false }
        if isIdle {
            report(.warning, path, TextComplaint("every upstream is switched off"), at: .key)
        }
    }

    /// A caller waits within a call, a call happens within a walk.
    private mutating func checkPatience(
        _ upstream: SettledObject,
        _ root: SettledObject,
        at path: ConfigurationPath
    ) {
        guard let walk = upstream.duration("walk_timeout") else { return }
        for key in ["deadline", "call_timeout"] where isPresent(path.appending(key)) {
            guard let value = upstream.duration(key), value > walk else { continue }
            let message =
                "\(DurationText.text(of: value)) is longer than walk_timeout, "
                + "which is \(DurationText.text(of: walk))"
            report(.error, path.appending(key), TextComplaint(message))
        }
        guard let own = upstream.duration("deadline"),
            let common = root.object("request")?.duration("deadline"), own > common
        else { return }
        let message = "no caller waits longer than request.deadline, which is "
        let whole = message + DurationText.text(of: common)
        report(.warning, path.appending("deadline"), TextComplaint(whole))
    }

    /// Keys that are right and do nothing beside others. What is absent is never mentioned.
    private mutating func checkUse(_ upstream: SettledObject, at path: ConfigurationPath) {
        func warn(_ path: ConfigurationPath, _ message: String) {
            guard isPresent(path) else { return }
            report(.warning, path, TextComplaint("does nothing: \(message)"), at: .key)
        }
        if upstream.integer("retries") == 0 {
            warn(path.appending("retry_budget"), "retries is 0")
        }
        if upstream.object("hedge")?.flag("enabled") == false {
            for key in ["after", "budget"] {
                warn(path.appending("hedge").appending(key), "hedge.enabled is false")
            }
        }
        let origins = ["endpoint", "iam_endpoint"].compactMap { upstream.text($0) }
        // Without an endpoint it is the provider's own, which is https.
        if upstream.text("endpoint") != nil, origins.allSatisfy({ $0.hasPrefix("http://") }) {
            warn(path.appending("tls").appending("ca_file"), "the endpoint is http://")
        }
    }

    // MARK: What the provider knows

    private mutating func checkProvider(
        _ upstream: SettledObject,
        _ descriptor: ProviderDescriptor,
        at path: ConfigurationPath
    ) {
        let region = path.appending("region")
        if descriptor.region == .required, !isPresent(region) {
            report(.error, region, TextComplaint("is missing; \(descriptor.name) needs one"))
        }
        checkDialect(upstream.text("api"), descriptor, at: path.appending("api"))
        for key in Set(schema.descriptors.flatMap(\.extraKeys) + ["iam_endpoint", "path"])
        where isPresent(path.appending(key)) && !descriptor.extraKeys.contains(key) {
            let message = "\(descriptor.name) has no such key"
            report(.error, path.appending(key), TextComplaint(message), at: .key)
        }
        checkPageSize(upstream.integer("page_size"), descriptor, at: path.appending("page_size"))
        checkEndpoint(upstream, descriptor, at: path)
    }

    private mutating func checkDialect(
        _ api: String?,
        _ descriptor: ProviderDescriptor,
        at path: ConfigurationPath
    ) {
        guard let api, !descriptor.dialects.contains(api) else { return }
        let list = descriptor.dialects.map { "\"\($0)\"" }.joined(separator: " and ")
        let message = "\(descriptor.name) has no such dialect"
        let hint = list.isEmpty ? "leave the key out" : "it has \(list)"
        report(.error, path, TextComplaint(message, hint))
    }

    private mutating func checkPageSize(
        _ size: Int?,
        _ descriptor: ProviderDescriptor,
        at path: ConfigurationPath
    ) {
        guard let size else { return }
        guard let rule = descriptor.pageSize else {
            let message = "\(descriptor.name) lists everything in one answer"
            return report(.error, path, TextComplaint(message, "leave the key out"))
        }
        guard size > rule.maximum else { return }
        let range = "the range for \(descriptor.name) is 1 to \(rule.maximum)"
        report(.error, path, TextComplaint("\(size) is out of range", range))
    }

    private mutating func checkEndpoint(
        _ upstream: SettledObject,
        _ descriptor: ProviderDescriptor,
        at path: ConfigurationPath
    ) {
        guard !isPresent(path.appending("endpoint")) else { return }
        guard descriptor.defaultEndpoint != nil else {
            let message = "is missing; \(descriptor.name) has no address of its own"
            return report(.error, path.appending("endpoint"), TextComplaint(message))
        }
        let region = upstream.text("region")
        // Without the region that it needs; that is reported already.
        guard let endpoint = descriptor.endpoint(region: region, api: upstream.text("api")) else {
            return
        }
        do {
            _ = try TextRule.endpoint.check(endpoint)
        } catch {
            let message = "makes no valid endpoint: the URL \(error.message)"
            report(.error, path.appending("region"), TextComplaint(message, "name the endpoint"))
        }
    }

    /// Credentials in the clear: `http://` to another machine.
    private mutating func checkPlainText(_ upstream: SettledObject, at path: ConfigurationPath) {
        guard isPresent(path.appending("credentials")) else { return }
        let proxy = upstream.text("proxy") != nil ? ", the proxy among them" : ""
        for key in ["endpoint", "iam_endpoint"] {
            guard let text = upstream.text(key),
                let origin = try? OriginText(text, as: .endpoint),
                origin.scheme == "http", !HostText.isLoopback(origin.host)
            else { continue }
            let message = "credentials cross the network in the clear, for all on the way\(proxy)"
            report(.warning, path.appending(key), TextComplaint(message, "use https://"))
        }
    }
}
