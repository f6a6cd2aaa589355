import Observability
import Upstreams

extension FuzzTarget {
    /// An answer to a login. The first byte chooses who logs in, the second the status, the rest is the
    /// body. What it yields makes a next call that goes where it should, or is a typed error.
    static let sessions = FuzzTarget(
        name: "sessions",
        byteCountMax: 512,
        seeds: { sessionSeeds.map { Array($0.utf8) } }
    ) { bytes in
        guard bytes.count >= 2 else { return }
        let dialect = ProviderDialect.withSession[Int(bytes[0]) % ProviderDialect.withSession.count]
        guard let login = dialect.adapter.session else { return }
        let response = UpstreamResponse(
            status: statuses[Int(bytes[1]) % statuses.count],
            fields: [
                UpstreamField("X-Subject-Token", bytes.dropFirst(2).prefix { $0 != 0x0A }.text)
            ],
            body: Array(bytes.dropFirst(2))
        )
        for step in [nil, SessionStep("step")] {
            read(response, step, login, dialect)
        }
    }

    private static let statuses = [200, 201, 400, 401, 403, 500]

    private static func read(
        _ response: UpstreamResponse,
        _ step: SessionStep?,
        _ login: any SessionAuthentication,
        _ dialect: ProviderDialect
    ) {
        let date = ProviderDialect.date
        do throws(UpstreamError) {
            switch try login.decode(response, after: step, previous: nil, date: date) {
            case .next(let step):
                let request = try login.request(after: step, previous: nil, date: date)
                hold(ProviderDialect.isProper(request), "\(request)")
            case .established(let session):
                hold(!session.token.revealed.isEmpty, "a token")
                _ = login.needsRenewal(session, at: date)
                let request = try dialect.adapter.pageRequest(
                    at: .first,
                    pushdown: nil,
                    session: session,
                    date: date
                )
                hold(ProviderDialect.isProper(request), "\(request)")
            }
        } catch {
            hold(!error.message.isEmpty, "\(error)")
        }
    }

    private static let sessionSeeds = [
        "00{\"token\":\"abc\",\"expires_at\":\"2026-02-01T00:00:00.000000Z\"}",
        "10{\"token\":{\"expires_at\":\"2026-02-01T00:00:00.000000Z\",\"catalog\":[]}}",
        "00{\"accessToken\":\"a.eyJleHAiOjE3NjcyMjU2MDB9.c\",\"refreshToken\":\"r\"}",
        "10{\"authToken\":\"abc\",\"accessToken\":\"a\",\"refreshToken\":\"r\"}",
        "02{\"error\":{\"code\":401,\"message\":\"m\"}}", "13{\"message\":\"m\"}",
    ]
}
extension ArraySlice<UInt8> {
    fileprivate var text: String { String(decoding: self, as: UTF8.self) }
}
