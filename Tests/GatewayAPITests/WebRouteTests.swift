import Configuration
import Cryptography
import HTTPWire
import TestKit
import Testing
import WebTokens

@testable import GatewayAPI

@Suite("Pages for people")
struct WebRouteTests {
    private let browser = HTTPField(
        "accept",
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    )
    private let assets = WebAssets.embedded

    private func text(_ response: HTTPResponse) -> String {
        String(decoding: response.body, as: UTF8.self)
    }

    /// What stands between `before` and the next quotation mark, everywhere.
    private func quoted(after before: String, in text: String) -> [String] {
        text.split(separator: before, omittingEmptySubsequences: false).dropFirst().map {
            String($0.prefix { $0 != "\"" })
        }
    }

    private func folder() -> String {
        "\(SourceFile.directory(2, above: #filePath))/Sources/CWebAssets/Assets"
    }

    // MARK: What is embedded

    @Test("Every file of the folder is embedded, byte for byte but for the version, and no other")
    func embedded() throws {
        let paths = ["html", "css", "js"].flatMap {
            SourceFile.paths(below: folder(), endingIn: ".\($0)")
        }
        let names = paths.map { String($0.split(separator: "/").last ?? "") }
        #expect(Set(names) == Set(assets.names))
        for (path, name) in zip(paths, names) {
            let source = try SourceFile.text(of: path)
            let file = try #require(assets[name])
            let expected = source.replacing("{{version}}", with: assets.version)
            #expect(file.bytes == Array(expected.utf8), "\(name)")
        }
    }

    @Test("All files together stay below 100 KB")
    func size() {
        let sum = assets.names.reduce(0) { $0 + (assets[$1]?.bytes.count ?? 0) }
        #expect(sum > 10_000 && sum < 100_000, "\(sum) bytes")
    }

    @Test("Where a key is typed, the longest token that is accepted fits in")
    func keyInputs() throws {
        for name in ["explorer.html", "docs.html"] {
            let page = String(decoding: try #require(assets[name]).bytes, as: UTF8.self)
            let input = try #require(page.firstMatch(of: /<input id="key-input"[^>]*>/)).output
            #expect(input.contains("maxlength=\"\(WebToken.byteCountMax)\""))
        }
    }

    @Test("A change of any byte or name is another version")
    func version() {
        let before = WebAssets(["a.js": [1], "b.js": [2]])
        #expect(before.version != WebAssets(["a.js": [1], "b.js": [3]]).version)
        #expect(before.version != WebAssets(["a.js": [1], "c.js": [2]]).version)
        #expect(before.version != WebAssets(["a.js": [2], "b.js": [1]]).version)
        #expect(before.version == WebAssets(["b.js": [2], "a.js": [1]]).version)
    }

    @Test("Scripts import only files that are there, and pages load every script ahead")
    func imports() throws {
        for name in assets.names where name.hasSuffix(".js") {
            let source = String(decoding: try #require(assets[name]).bytes, as: UTF8.self)
            for module in quoted(after: "from \"./", in: source) {
                #expect(assets[module] != nil, "\(name) imports \(module)")
            }
            #expect(!source.contains("innerHTML") && !source.contains("insertAdjacentHTML"))
            #expect(!source.contains("eval(") && !source.contains("http://"))
        }
    }

    // MARK: What is sent

    @Test("Who names text/html gets the explorer, everybody else a short text")
    func negotiation() async throws {
        let gateway = try SampleGateway()
        let page = await gateway.get("/", fields: [browser])
        #expect(page.fields.value(of: "content-type") == "text/html; charset=utf-8")
        for accept in [nil, "*/*", "text/plain", "text/html;q=0", "application/json", "text/*"] {
            let fields = accept.map { [HTTPField("accept", $0)] } ?? []
            let answer = await gateway.get("/", fields: fields)
            #expect(answer.fields.value(of: "content-type") == "text/plain; charset=utf-8")
            #expect(answer.fields.value(of: "vary") == "accept, accept-encoding")
            #expect(text(answer).contains("/v1/images"))
        }
    }

    @Test(
        "A page allows its own files alone, holds nothing inline, and all it names is there",
        arguments: ["/", "/docs"]
    )
    func page(_ target: String) async throws {
        let gateway = try SampleGateway()
        let page = await gateway.get(target, fields: [browser])
        #expect(page.status == 200)
        let policy = try #require(page.fields.value(of: "content-security-policy"))
        for directive in [
            "default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'",
            "img-src 'self' data:", "base-uri 'none'", "form-action 'none'",
            "frame-ancestors 'none'",
        ] {
            #expect(policy.split(separator: "; ").contains { $0 == directive }, "\(directive)")
        }
        #expect(page.fields.value(of: "x-content-type-options") == "nosniff")
        #expect(page.fields.value(of: "referrer-policy") == "no-referrer")
        #expect(page.fields.value(of: "cache-control") == "no-cache")
        let html = text(page)
        #expect(!html.contains("<style") && !html.contains(" style=") && !html.contains("<script>"))
        #expect(!html.contains("{{"))
        let files = (quoted(after: "src=\"", in: html) + quoted(after: "href=\"", in: html))
            .filter { $0.hasPrefix("/assets/") }
        #expect(files.count > 3)
        for file in files {
            let answer = await gateway.get(file)
            #expect(answer.status == 200, "\(file)")
            #expect(
                answer.fields.value(of: "cache-control") == "public, max-age=31536000, immutable"
            )
        }
    }

    @Test("Files are compressed where that is asked for, and a tag spares sending them again")
    func encodings() async throws {
        let gateway = try SampleGateway()
        let target = "/assets/\(assets.version)/explorer.js"
        let plain = await gateway.get(target)
        let small = await gateway.get(target, fields: [HTTPField("accept-encoding", "gzip")])
        #expect(plain.fields.value(of: "content-type") == "text/javascript; charset=utf-8")
        #expect(plain.fields.value(of: "content-encoding") == nil)
        #expect(small.fields.value(of: "content-encoding") == "gzip")
        #expect(small.body.starts(with: [0x1F, 0x8B]) && small.body.count < plain.body.count / 2)
        let tag = try #require(plain.fields.value(of: "etag"))
        #expect(small.fields.value(of: "etag") == tag)
        let again = await gateway.get(target, fields: [HTTPField("if-none-match", tag)])
        #expect(again.status == 304 && again.body.isEmpty)
    }

    @Test("Another version's address gives today's file, not to be kept; other names are 404")
    func otherAddresses() async throws {
        let gateway = try SampleGateway()
        let old = await gateway.get("/assets/0123456789abcdef/base.css")
        #expect(old.status == 200 && old.fields.value(of: "cache-control") == "no-cache")
        for name in ["nosuch.js", "explorer.html", "", "..%2Fbase.css"] {
            #expect(await gateway.get("/assets/\(assets.version)/\(name)").status == 404)
        }
        #expect(await gateway.get("/assets").status == 404)
    }

    @Test("Pages need no key where the lists need one")
    func keys() async throws {
        let client = ClientConfiguration(
            id: "portal",
            identity: .key(sha256: Digest.sha256.hash("secret")),
            upstreams: .all,
            rateLimit: nil
        )
        let cloud = try SampleCloud(clients: [client])
        for target in ["/", "/docs", "/assets/\(assets.version)/explorer.js"] {
            #expect(await cloud.get(target, [browser]).status == 200)
        }
        for target in ["/v1/images", "/v1/upstreams", "/openapi.json", "/docs/x", "/nosuch"] {
            #expect(await cloud.get(target).status == 401)
        }
    }
}
