internal import JSONText

/// What every answer calls an upstream.
///
/// A class, made once per upstream: every answer names all of them.
public final class UpstreamName: Sendable {
    public let id: String
    public let provider: String
    /// `nil` where the upstream lists several.
    public let region: String?
    /// The members `id`, `provider` and `region` of a JSON object.
    public let json: [UInt8]

    public init(id: String, provider: String, region: String?) {
        self.id = id
        self.provider = provider
        self.region = region
        var writer = JSONWriter()
        writer.member("id", id)
        writer.member("provider", provider)
        writer.member("region", region)
        json = writer.bytes
    }
}
