import Upstreams

extension UpstreamResponse {
    init(_ status: Int, _ text: String, _ fields: (String, String)...) {
        self.init(
            status: status,
            fields: fields.map { UpstreamField($0.0, $0.1) },
            body: Array(text.utf8)
        )
    }
}

extension UpstreamRequest {
    /// The first field of that name.
    func value(of name: String) -> String? {
        fields.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    var text: String { String(decoding: body, as: UTF8.self) }
}
