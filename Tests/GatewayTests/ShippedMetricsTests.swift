import TestKit
import Testing

@testable import image_gateway

/// What is shipped for Prometheus and Grafana speaks of metrics that exist.
@Suite struct ShippedMetricsTests {
    @Test(
        "Every metric that a shipped file names is one of the gateway's",
        arguments: [
            "deploy/grafana/image-gateway.json", "deploy/prometheus/alerts.yml",
            "deploy/prometheus/alerts.test.yml",
        ]
    )
    func names(file: String) throws {
        let gateway = try TestGateway(
            """
            upstreams: [{ id: "down", provider: "gmi", endpoint: "http://127.0.0.1:1",
                          credentials: { token: "x" } }]
            """
        )
        let known = gateway.gateway.metricNames
        let root = SourceFile.directory(2, above: #filePath)
        let text = try SourceFile.text(of: "\(root)/\(file)")
        let named = Set(text.matches(of: /image_gateway_[a-z0-9_]+/).map { String($0.output) })
        #expect(!named.isEmpty)
        let unknown = named.filter { name in
            let family = ["_bucket", "_sum", "_count"].first { name.hasSuffix($0) }
                .map { String(name.dropLast($0.count)) }
            return !known.contains(name) && !known.contains(family ?? name)
        }
        #expect(unknown == [])
    }
}
