internal import CCurl
internal import Upstreams

extension EasyHandle {
    /// Turns a request into options. Whatever libcurl would do unasked (redirects, cookies, environment
    /// proxies, `Expect`, a guessed content type) is switched off here.
    func prepare(
        _ request: UpstreamRequest,
        policy: TransportPolicy,
        userAgent: String,
        connectTimeout: Duration,
    ) {
        setConduct()
        setSecurity(policy)
        setProxy(policy)
        set(CURLOPT_CONNECTTIMEOUT_MS, max(1, connectTimeout.millisecondsRoundedUp))
        setTarget(request, policy)
        setFields(request, userAgent: userAgent)
    }

    private func setConduct() {
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_FOLLOWLOCATION, 0)
        set(CURLOPT_PROTOCOLS_STR, "http,https")
        set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
        set(CURLOPT_ACCEPT_ENCODING, EasyHandle.encoding)
        set(CURLOPT_TCP_KEEPALIVE, 1)
        // A handle that still has the buffer of its last call refuses, and goes on with that one.
        hint(CURLOPT_BUFFERSIZE, 64 << 10)
        // libcurl resolves names on a thread of its own (the engine refuses one that does not), but it
        // joins that thread when a call ends early, which would block the loop for as long as the
        // resolver hangs. With this option it lets the thread finish alone.
        set(CURLOPT_QUICK_EXIT, 1)
    }

    private func setSecurity(_ policy: TransportPolicy) {
        set(CURLOPT_SSL_VERIFYPEER, 1)
        set(CURLOPT_SSL_VERIFYHOST, 2)
        set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        // Distributions compile in a directory of authorities that would be trusted beside others, and that keeps
        // libcurl from caching the parsed authorities between connections.
        set(CURLOPT_CAPATH, nil)
        guard let authorities = policy.authorities else { return }
        // A file by its name would be cached for a day and, with kept connections, trusted after it was replaced.
        if authorities.pem.isEmpty {
            set(CURLOPT_CAINFO, authorities.file)
        } else {
            set(authorities: authorities.pem)
        }
    }

    /// The empty strings keep `http_proxy`, `NO_PROXY` and their kin out.
    private func setProxy(_ policy: TransportPolicy) {
        set(CURLOPT_PROXY, policy.proxy ?? "")
        set(CURLOPT_NOPROXY, "")
        set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    }

    /// In nanoseconds. Zero would mean "for ever" to libcurl.
    func set(timeout: Int64) {
        let (milliseconds, rest) = timeout.quotientAndRemainder(dividingBy: 1_000_000)
        let count = min(milliseconds, EasyHandle.timeoutMax) + (rest > 0 ? 1 : 0)
        set(CURLOPT_TIMEOUT_MS, Int(max(1, count)))
    }

    /// Milliseconds: some eleven days, which libcurl reckons with on every machine.
    private static let timeoutMax: Int64 = 1_000_000_000

    private func setTarget(_ request: UpstreamRequest, _ policy: TransportPolicy) {
        set(url: request.url)
        if request.hasBody { set(body: request.body) }
        if request.method == "HEAD" {
            set(CURLOPT_NOBODY, 1)
        } else {
            set(CURLOPT_CUSTOMREQUEST, request.method)
            // The length that an answer to HEAD names never comes.
            set(CURLOPT_MAXFILESIZE_LARGE, size: policy.bodyBytesMax)
        }
    }

    /// The one coding that is announced; who does not know it answers uncompressed (RFC 9110 §12.5.3).
    private static let encoding = "gzip"

    /// libcurl formats what it adds by itself with each call, byte by byte and twice, so as little as possible is
    /// left to it.
    private func setFields(_ request: UpstreamRequest, userAgent: String) {
        if !request.names("User-Agent") { append(fieldLine: "User-Agent: \(userAgent)") }
        if !request.names("Accept-Encoding") {
            append(fieldLine: "Accept-Encoding: \(EasyHandle.encoding)")
        }
        for field in request.fields { append(fieldLine: field.line) }
        // libcurl's way to say "do not add this one"; two of them it adds to bodies alone.
        let unasked = request.hasBody ? ["Accept", "Content-Type", "Expect"] : ["Accept"]
        for name in unasked where !request.names(name) { append(fieldLine: "\(name):") }
        useFields()
    }
}

extension UpstreamField {
    /// libcurl spells a field without a value with a semicolon.
    fileprivate var line: String { value.isEmpty ? "\(name);" : "\(name): \(value)" }
}

extension UpstreamRequest {
    fileprivate var hasBody: Bool { !body.isEmpty || method == "POST" }

    fileprivate func names(_ name: String) -> Bool {
        fields.contains { $0.isNamed(name) }
    }
}

extension Duration {
    fileprivate var millisecondsRoundedUp: Int {
        let (seconds, attoseconds) = components
        let milliseconds = (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
        return Int(min(seconds, 1_000_000)) * 1_000 + Int(milliseconds)
    }
}
