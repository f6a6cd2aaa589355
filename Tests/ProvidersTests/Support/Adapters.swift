import ImageModel
import Observability
import Providers
import Upstreams

/// Adapters as the tests configure them.
enum Adapters {
    static func make(
        _ provider: String,
        endpoint: String = "https://cloud.example",
        region: String? = "region-1",
        api: String? = nil,
        path: String? = nil,
        iamEndpoint: String? = nil,
        pageSize: Int? = nil,
        _ credentials: [String: String]
    ) throws -> any ProviderAdapter {
        let settings = UpstreamSettings(
            id: "one",
            provider: provider,
            region: region,
            endpoint: endpoint,
            iamEndpoint: iamEndpoint,
            api: api,
            path: path,
            credentials: credentials.mapValues { Redacted($0) },
            pageSize: pageSize
        )
        return try ProviderRegistry.makeAdapter(settings: settings)
    }

    static func tencent(api: String = "3.0", pageSize: Int? = nil) throws -> any ProviderAdapter {
        try make(
            "tencent-cvm",
            endpoint: "",
            region: "ap-guangzhou",
            api: api,
            pageSize: pageSize,
            [
                "secret_id": "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE",
                "secret_key": "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE",
            ]
        )
    }

    static func zenlayer(
        api: String = "published",
        pageSize: Int? = nil
    ) throws -> any ProviderAdapter {
        try make(
            "zenlayer",
            endpoint: "",
            region: "FRA-A",
            api: api,
            pageSize: pageSize,
            [
                "access_key_id": "0D9UtpyKYcHxms5v",
                "access_key_password": "Gu5t9xGARNpq86cd98joQYCN3",
            ]
        )
    }

    static func huawei(
        api: String = "openstack",
        endpoint: String = "https://ims.example",
        pageSize: Int? = nil
    ) throws -> any ProviderAdapter {
        try make(
            "huawei-ims",
            endpoint: endpoint,
            region: "cn-north-4",
            api: api,
            pageSize: pageSize,
            ["token": "static-token"]
        )
    }

    static func huaweiSession() throws -> any ProviderAdapter {
        try make(
            "huawei-ims",
            endpoint: "https://ims.example",
            region: "cn-north-4",
            iamEndpoint: "https://iam.example",
            ["username": "user", "password": "word", "domain": "house", "project": "cn-north-4"]
        )
    }

    static func gmi(
        endpoint: String = "",
        region: String? = nil
    ) throws -> any ProviderAdapter {
        try make("gmi", endpoint: endpoint, region: region, ["token": "key"])
    }

    static func gmiSession(endpoint: String = "") throws -> any ProviderAdapter {
        let credentials = ["email": "a@b.example", "password": "word"]
        return try make("gmi", endpoint: endpoint, region: nil, credentials)
    }

    static func aries() throws -> any ProviderAdapter {
        try make("aries", endpoint: "http://10.20.0.11:8080", region: nil, [:])
    }
}
