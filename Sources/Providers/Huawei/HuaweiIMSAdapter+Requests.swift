public import ImageModel
internal import Observability
public import Upstreams

/// The list call with each kind of proof.
extension HuaweiIMSAdapter {
    public func pageRequest(
        at position: PagePosition,
        pushdown: Pushdown?,
        session: Session?,
        date: Timestamp
    ) throws(UpstreamError) -> UpstreamRequest {
        var query = QueryString()
        query.add("limit", String(pageSize))
        for parameter in pushdown?.parameters ?? [] {
            for value in parameter.values { query.add(parameter.name, value) }
        }
        switch position {
        case .first: break
        case .marker(let marker): query.add("marker", marker)
        case .link(let link): return try linkRequest(link, session, date)
        case .offset, .number: throw PagePosition.foreign
        }
        return UpstreamRequest(
            url: endpoint.url(path: listPath, query: query),
            fields: try fields(endpoint.prefix + listPath, query, session, date)
        )
    }

    private var listPath: String {
        switch dialect {
        case .openstack: "/v2/images"
        case .cloudimages: "/v2/cloudimages"
        }
    }

    /// A link that names no marker is followed as it stands, on the endpoint's own origin only.
    private func linkRequest(
        _ link: String,
        _ session: Session?,
        _ date: Timestamp
    ) throws(UpstreamError) -> UpstreamRequest {
        let own = try endpoint.ownPath(ofLink: link)
        let mark = own.firstIndex(of: "?") ?? own.endIndex
        let query = QueryString(parsing: own[mark...].dropFirst())
        return UpstreamRequest(
            url: endpoint.url(ownPath: own),
            fields: try fields(String(own[..<mark]), query, session, date)
        )
    }

    private func fields(
        _ path: String,
        _ query: QueryString,
        _ session: Session?,
        _ date: Timestamp
    ) throws(UpstreamError) -> [UpstreamField] {
        // Without it a plain Glance writes its errors as HTML.
        let accept = UpstreamField("Accept", "application/json")
        switch proof {
        case .signature: return [accept] + signedFields(path, query, date)
        case .token(let token): return [accept, UpstreamField("X-Auth-Token", token.revealed)]
        case .session:
            guard let session else { throw UpstreamError.missingSession }
            return [accept, UpstreamField("X-Auth-Token", session.token.revealed)]
        }
    }

    private func signedFields(
        _ path: String,
        _ query: QueryString,
        _ date: Timestamp
    ) -> [UpstreamField] {
        guard case .signature(let signer, let projectID, let securityToken) = proof else {
            return []
        }
        var fields = [
            UpstreamField("Content-Type", "application/json"),
            UpstreamField("X-Project-Id", projectID),
            UpstreamField("X-Sdk-Date", CalendarText.compact(date)),
        ]
        if let securityToken {
            fields.append(UpstreamField("X-Security-Token", securityToken.revealed))
        }
        let headers = fields.map { HuaweiSDKSigner.Header(name: $0.name, value: $0.value) }
        let request = HuaweiSDKSigner.Request(
            path: path,
            query: query.pairs,
            headers: headers + [HuaweiSDKSigner.Header(name: "Host", value: endpoint.authority)]
        )
        let authorization = signer.authorization(request, date: date)
        return fields + [UpstreamField("Authorization", authorization)]
    }
}
