import Upstreams

/// Five providers as these tests need them: each rule of a descriptor occurs at least once.
enum SampleProviders {
    typealias Form = ProviderDescriptor.CredentialForm

    static let all = [aries, zenlayer, huawei, tencent, gmi]

    static let aries = ProviderDescriptor(
        name: "aries",
        summary: "Aries",
        region: .defaultsToUpstreamID,
        defaultEndpoint: nil,
        credentialForms: [
            Form(name: "none", required: []),
            Form(name: "basic", required: ["username", "password"]),
            Form(name: "bearer", required: ["token"]),
            Form(name: "header", required: ["header_name", "header_value"]),
        ],
        extraKeys: ["path"]
    )

    static let zenlayer = ProviderDescriptor(
        name: "zenlayer",
        summary: "Zenlayer",
        region: .required,
        defaultEndpoint: "https://console.zenlayer.example",
        credentialForms: [
            Form(name: "key", required: ["access_key_id", "access_key_password"]),
            Form(name: "bearer", required: ["token"]),
        ],
        pageSize: .init(standard: 100, maximum: 1000)
    )

    static let huawei = ProviderDescriptor(
        name: "huawei-ims",
        summary: "Huawei",
        region: .required,
        defaultEndpoint: "https://ims.{region}.huawei.example",
        credentialForms: [
            Form(
                name: "key",
                required: ["access_key", "secret_key", "project_id"],
                optional: ["security_token"]
            ),
            Form(
                name: "password",
                required: ["username", "password", "domain", "project"],
                needs: ["iam_endpoint"]
            ),
            Form(name: "token", required: ["token"]),
        ],
        extraKeys: ["iam_endpoint"],
        pageSize: .init(standard: 100, maximum: 1000)
    )

    static let tencent = ProviderDescriptor(
        name: "tencent-cvm",
        summary: "Tencent",
        region: .required,
        defaultEndpoint: "https://cvm.tencent.example",
        dialects: ["3.0", "2017"],
        credentialForms: [
            Form(name: "key", required: ["secret_id", "secret_key"], optional: ["token"])
        ],
        pageSize: .init(standard: 100, maximum: 100)
    )

    static let gmi = ProviderDescriptor(
        name: "gmi",
        summary: "GMI",
        region: .fromImages,
        defaultEndpoint: "https://console.gmi.example/api",
        credentialForms: [
            Form(name: "token", required: ["token"]),
            Form(name: "password", required: ["email", "password"]),
        ]
    )
}
