/// The configuration of a gateway that is measured.
struct GatewaySettings {
    /// Where all five upstreams are.
    var origin: String
    var ttl = "1h"
    /// Whether there is a client with a key, an admin port and with it metrics, and an access log.
    var isGuarded = true
    var loops = 1
    /// Further entries of `upstreams`.
    var more = ""

    /// What a guarded gateway wants to see.
    static let keyField = "authorization: Bearer image-gateway-benchmark"
    private static let keyDigest =
        "7deaeb0e21ee19f25269333bb6d155191023b237715761ce37700295914bea80"

    /// Usually one loop: what it can do is what one core can do.
    var text: String {
        """
        {
          listen: { address: "127.0.0.1:0" },
          admin: { address: "127.0.0.1:0" },
          loops: \(loops),
          log: { access: \(isGuarded) },
          cache: { ttl: "\(ttl)", stale_while_revalidate: "0s", stale_if_error: "0s" },
          \(isGuarded ? "clients: [{ id: \"benchmark\", key_sha256: \"\(Self.keyDigest)\" }]," : "")
          upstreams: [
            { id: "aries-lab", provider: "aries", \(place),
              credentials: { username: "simulator", password: "simulator" } },
            { id: "zenlayer-fra", provider: "zenlayer", region: "FRA-A", \(place), page_size: 1000,
              credentials: { access_key_id: "AKIDSIMULATOR", access_key_password: "simulator-secret" } },
            { id: "huawei-bj4", provider: "huawei-ims", region: "cn-north-4", \(place), page_size: 1000,
              credentials: { access_key: "AKIDSIMULATOR", secret_key: "simulator-secret",
                             project_id: "0123456789abcdef0123456789abcdef" } },
            { id: "tencent-gz", provider: "tencent-cvm", region: "ap-guangzhou", \(place),
              credentials: { secret_id: "AKIDSIMULATOR", secret_key: "simulator-secret" } },
            { id: "gmi", provider: "gmi", \(place), credentials: { token: "simulator-token" } },
            \(more)
          ],
        }
        """
    }

    private var place: String {
        "endpoint: \"\(origin)\", images_max: 2000000, body_bytes_max: \"512MiB\""
    }
}
