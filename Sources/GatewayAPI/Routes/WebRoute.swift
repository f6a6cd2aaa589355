internal import HTTPWire

/// `/`, `/docs` and the files they are made of. They hold nothing of anybody, so no key is needed for
/// them; what they show they ask for themselves, with the key of whoever looks.
struct WebRoute {
    let exchange: Exchange
    var assets = WebAssets.embedded

    /// Whether a request is answered whoever asks.
    static func isOpen(_ path: some StringProtocol) -> Bool {
        path == "/" || path == "/docs" || path.hasPrefix("/assets/")
    }

    /// The explorer for whoever names text/html in `Accept`, as browsers do, and does not like plain text better; a short
    /// text for all others.
    func start() throws(Problem) -> Reply {
        if ContentNegotiation.prefersHTML(exchange.request.fields.combinedValue(of: "accept")) {
            return try page("explorer.html")
        }
        let fields = [
            HTTPField("content-type", "text/plain; charset=utf-8"),
            HTTPField("cache-control", "no-cache"), Self.pageVary,
        ]
        return Reply(
            response: HTTPResponse(status: 200, fields: fields, body: Array(Self.welcome.utf8))
        )
    }

    func documentation() throws(Problem) -> Reply { try page("docs.html") }

    /// A file of the pages. Under another version's address stands today's file, to be asked for again: a
    /// page of another replica goes on working while versions change.
    func file(version: String, name: String) throws(Problem) -> Reply {
        guard let file = assets[name], !name.hasSuffix(".html") else {
            throw .notFound("there is no such file of the pages")
        }
        let isCurrent = version == assets.version
        let control = isCurrent ? "public, max-age=31536000, immutable" : "no-cache"
        return try reply(
            file,
            [HTTPField("cache-control", control), HTTPField("vary", "accept-encoding")]
        )
    }

    private func page(_ name: String) throws(Problem) -> Reply {
        guard let file = assets[name] else { preconditionFailure("\(name) is embedded") }
        return try reply(
            file,
            [
                HTTPField("cache-control", "no-cache"), Self.pageVary,
                HTTPField("content-security-policy", Self.policy),
                HTTPField("cross-origin-opener-policy", "same-origin"),
            ]
        )
    }

    private func reply(_ file: WebAssets.File, _ fields: [HTTPField]) throws(Problem) -> Reply {
        var fields =
            fields + [
                HTTPField("etag", file.tag), HTTPField("referrer-policy", "no-referrer"),
                HTTPField("cross-origin-resource-policy", "same-origin"),
            ]
        if try Validators.isKnown(to: exchange.request.fields, file.tag) {
            return Reply(response: HTTPResponse(status: 304, fields: fields))
        }
        fields.insert(HTTPField("content-type", file.type), at: 0)
        let accepted = exchange.request.fields.combinedValue(of: "accept-encoding")
        if let compressed = file.compressed, GzipEncoder.isAccepted(accepted) {
            fields.append(HTTPField("content-encoding", "gzip"))
            return Reply(response: HTTPResponse(status: 200, fields: fields, body: compressed))
        }
        return Reply(response: HTTPResponse(status: 200, fields: fields, body: file.bytes))
    }

    private static let pageVary = HTTPField("vary", "accept, accept-encoding")

    /// Own files and own answers alone, nothing inline; texts of clouds cannot become markup.
    private static let policy = """
        default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
        img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
        require-trusted-types-for 'script'
        """

    private static let welcome = """
        image-gateway: which VM images are there, in which cloud?

          GET /v1/images         all images; filters, sort, facets, cursor (try ?os_distribution=ubuntu&limit=5)
          GET /v1/images/{id}    one image by its global id, provider:region:native_id
          GET /v1/upstreams      the configured upstreams and how they are doing
          GET /openapi.json      the whole contract (OpenAPI 3.1)

        In a browser: / explores the images, /docs explains the contract.

        """
}
