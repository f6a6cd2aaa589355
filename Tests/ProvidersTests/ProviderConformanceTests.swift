import ImageModel
import JSONText
import Observability
import Providers
import Testing
import Upstreams

/// What every adapter must do, for each credential form and dialect that its descriptor names. A new
/// provider in the registry is tested by being there.
@Suite("Provider conformance")
struct ProviderConformanceTests {
    @Test("Names of providers, forms and dialects are distinct")
    func descriptors() {
        let descriptors = ProviderRegistry.descriptors
        #expect(Set(descriptors.map(\.name)).count == descriptors.count)
        for descriptor in descriptors {
            let forms = descriptor.credentialForms
            #expect(!forms.isEmpty && Set(forms.map(\.name)).count == forms.count)
            #expect(Set(descriptor.dialects).count == descriptor.dialects.count)
            #expect(Set(descriptor.dialectEndpoints.keys).isSubset(of: descriptor.dialects))
            if let rule = descriptor.pageSize {
                #expect((1...rule.maximum).contains(rule.standard))
            }
        }
    }

    @Test("Each dialect has fixture pages with their provenance", arguments: AdapterCase.dialects)
    func fixturesExist(instance: AdapterCase) {
        #expect(!instance.pages.isEmpty)
        #expect(Fixtures.names(in: instance.descriptor.name).contains("provenance.md"))
    }

    // MARK: Settings

    @Test("Each way to configure a provider makes an adapter", arguments: AdapterCase.all)
    func adapters(instance: AdapterCase) throws {
        let adapter = try instance.adapter()
        #expect(type(of: adapter).descriptor == instance.descriptor)
        var dumped = String(reflecting: adapter)
        dump(adapter, to: &dumped)
        for key in instance.form.required where AdapterCase.isSecret(key) {
            #expect(!dumped.contains(AdapterCase.secret(key)), "\(key) shows")
        }
    }

    @Test(
        "Settings with a missing, foreign or unsendable credential are refused",
        arguments: AdapterCase.all
    )
    func credentials(instance: AdapterCase) {
        var broken: [UpstreamSettings] = []
        for key in instance.form.required {
            var settings = instance.settings
            settings.credentials[key] = .init("")
            broken.append(settings)
            settings.credentials[key] = .init("a\r\nX-Evil: 1")
            broken.append(settings)
            settings.credentials[key] = nil
            if !settings.credentials.isEmpty { broken.append(settings) }
        }
        var settings = instance.settings
        settings.credentials["foreign"] = .init("x")
        broken.append(settings)
        for settings in broken { expectMisconfigured(settings) }
    }

    @Test("Settings outside the descriptor's rules are refused", arguments: AdapterCase.all)
    func rules(instance: AdapterCase) {
        let endpoints = [
            "cloud.example", "ftp://cloud.example", "https://", "https://user@cloud.example",
            "https://cloud.example/?a=b", "https://cloud.example/#a", "https://cloud example",
            "https://cloud.example:0", "https://cloud.example:99999", "https://[::1", "https:///a",
            "https://cloud.example\r\nX-Evil: 1",
        ]
        for endpoint in endpoints {
            var settings = instance.settings
            settings.endpoint = endpoint
            expectMisconfigured(settings)
        }
        if instance.descriptor.region == .required {
            for region in [nil, "", "a b", "a\r\nb"] as [String?] {
                var settings = instance.settings
                settings.region = region
                expectMisconfigured(settings)
            }
        }
        if let rule = instance.descriptor.pageSize {
            for size in [Int.min, -1, 0, rule.maximum + 1, .max] {
                var settings = instance.settings
                settings.pageSize = size
                expectMisconfigured(settings)
            }
        }
        if !instance.descriptor.dialects.isEmpty {
            var settings = instance.settings
            settings.api = "another"
            expectMisconfigured(settings)
        }
    }

    private func expectMisconfigured(_ settings: UpstreamSettings) {
        let error = #expect(throws: UpstreamError.self) {
            try ProviderRegistry.makeAdapter(settings: settings)
        }
        #expect(error?.code == .misconfigured, "\(settings)")
    }

    @Test("An unknown provider is refused with the known ones")
    func unknownProvider() {
        var settings = AdapterCase.all[0].settings
        settings.provider = "aws"
        let error = #expect(throws: UpstreamError.self) {
            try ProviderRegistry.makeAdapter(settings: settings)
        }
        #expect(error?.message.contains("tencent-cvm") == true)
    }

    @Test("A default endpoint serves where the settings name none", arguments: AdapterCase.all)
    func defaultEndpoint(instance: AdapterCase) throws {
        var settings = instance.settings
        settings.endpoint = ""
        guard instance.descriptor.endpoint(region: "r", api: instance.dialect) != nil else {
            return expectMisconfigured(settings)
        }
        let adapter = try ProviderRegistry.makeAdapter(settings: settings)
        let request = try adapter.pageRequest(
            at: .first,
            pushdown: nil,
            session: instance.session(for: adapter),
            date: AdapterCase.date
        )
        let endpoint = try #require(
            instance.descriptor.endpoint(region: "region-1", api: instance.dialect)
        )
        #expect(request.url.hasPrefix(endpoint + "/"))
    }

    // MARK: Requests

    @Test(
        "Requests go to the endpoint, are well formed and keep their secrets",
        arguments: AdapterCase.all
    )
    func requests(instance: AdapterCase) throws {
        let adapter = try instance.adapter()
        for position in AdapterCase.positions {
            guard
                let request = try? adapter.pageRequest(
                    at: position,
                    pushdown: nil,
                    session: instance.session(for: adapter),
                    date: AdapterCase.date
                )
            else { continue }
            #expect(request.url.hasPrefix("https://cloud.example:8443/"))
            #expect(request.url.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
            #expect(request.value(of: "Accept") == "application/json")
            for field in request.fields {
                #expect(field.value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F })
            }
            for key in instance.form.required + instance.form.optional
            where AdapterCase.isSecret(key) && !instance.mayShowInURL(key) {
                #expect(!request.url.contains(AdapterCase.secret(key)), "\(key) in the URL")
            }
            #expect(!request.url.contains("planted-session"))
        }
    }

    @Test("The same call at the same moment is the same bytes", arguments: AdapterCase.all)
    func determinism(instance: AdapterCase) throws {
        let requests = try (0..<2).map { _ in
            let adapter = try instance.adapter()
            return try adapter.pageRequest(
                at: .first,
                pushdown: nil,
                session: instance.session(for: adapter),
                date: AdapterCase.date
            )
        }
        #expect(requests[0] == requests[1])
    }

    @Test(
        "What is pushed down is bounded, repeats exactly and applies",
        arguments: AdapterCase.dialects
    )
    func pushdown(instance: AdapterCase) throws {
        let adapter = try instance.adapter()
        #expect(adapter.pushdown(for: ImageQuery()) == nil)
        for query in AdapterCase.queries {
            let pushdown = adapter.pushdown(for: query)
            #expect(pushdown == adapter.pushdown(for: query))
            guard let pushdown else { continue }
            #expect((1...10).contains(pushdown.parameters.count))
            #expect(pushdown.parameters.allSatisfy { (1...100).contains($0.values.count) })
            let request = try adapter.pageRequest(
                at: .first,
                pushdown: pushdown,
                session: instance.session(for: adapter),
                date: AdapterCase.date
            )
            #expect(request.url.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
        }
    }
}
