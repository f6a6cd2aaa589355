import HTTPWire
import JSONText

/// The part of the identity service that image clients need: tokens and the project's id.
struct HuaweiIdentity: Sendable {
    let world: SimulatorWorld
    /// Microseconds since 1970.
    let now: Int64

    var tokens: HuaweiTokens { HuaweiTokens(key: world.derivedKey("keystone")) }

    /// `POST /v3/auth/tokens`.
    func issueToken(_ request: HTTPRequest) throws(HuaweiError) -> HTTPResponse {
        guard let body = try? JSONValue(parsing: request.body, limits: JSONLimits(depthMax: 16)),
            let identity = body["auth"]?["identity"],
            identity["methods"]?[0]?.stringValue == "password",
            let user = identity["password"]?["user"]
        else { throw .identity(400, "Bad Request", "Expecting to find auth.identity in the body.") }
        let accepted = world.credentials
        let isUser = isSameSecret(user["name"]?.stringValue ?? "", accepted.user)
        let isPassword = isSameSecret(user["password"]?.stringValue ?? "", accepted.password)
        let isDomain = isSameSecret(user["domain"]?["name"]?.stringValue ?? "", accepted.domain)
        guard isUser, isPassword, isDomain else {
            throw .identity(401, "Unauthorized", "The username or password is wrong.")
        }
        let project = body["auth"]?["scope"]?["project"]
        if let project, !isKnown(project) {
            throw .identity(401, "Unauthorized", "The project does not exist or is not yours.")
        }
        let parameters = QueryText.parameters(request.query ?? "")
        return answer(project, hasCatalog: parameters.first("nocatalog") == nil)
    }

    /// A project goes by its id, or by its region's name with or without a part behind `_`.
    private func isKnown(_ project: JSONValue) -> Bool {
        if let id = project["id"]?.stringValue {
            return isSameSecret(id, world.credentials.projectID)
        }
        guard let name = project["name"]?.stringValue else { return false }
        return Self.isProjectName(name)
    }

    private static func isProjectName(_ name: String) -> Bool {
        let region = name.prefix { $0 != "_" }.split(
            separator: "-",
            omittingEmptySubsequences: false
        )
        let isRegion =
            (2...3).contains(region.count)
            && region.allSatisfy { part in
                !part.isEmpty && part.utf8.allSatisfy(Identifiers.lowerCase.contains)
            }
        return isRegion || name == "simulator"
    }

    private func answer(_ project: JSONValue?, hasCatalog: Bool) -> HTTPResponse {
        let expires = now + HuaweiTokens.lifetime
        let number = world.withRefreshTokens { $0.nextNumber() }
        let token = tokens.token(expires: expires, hasProject: project != nil, number: number)
        let field = HTTPField("x-subject-token", token)
        return .json(status: 201, fields: [field]) { writer in
            writer.key("token")
            writer.object { writer in
                writer.member("expires_at", CalendarText.fractional(expires, offsetMinutes: nil))
                writer.member("issued_at", CalendarText.fractional(now, offsetMinutes: nil))
                writer.member("methods", ["password"])
                if project != nil { writeProject(project?["name"]?.stringValue, to: &writer) }
                if hasCatalog { Self.writeCatalog(to: &writer) }
                writer.key("user")
                writer.object { $0.member("name", world.credentials.user) }
            }
        }
    }

    private func writeProject(_ name: String?, to writer: inout JSONWriter) {
        writer.key("project")
        writer.object { writer in
            writer.member("id", world.credentials.projectID)
            writer.member("name", name ?? "cn-north-4")
            writer.key("domain")
            writer.object { $0.member("name", world.credentials.domain) }
        }
    }

    private static func writeCatalog(to writer: inout JSONWriter) {
        writer.key("catalog")
        writer.array { writer in
            writer.object { writer in
                writer.member("type", "image")
                writer.member("name", "glance")
                writer.key("endpoints")
                writer.array { _ in }
            }
        }
    }

    /// `GET /v3/projects`, which a client without a project id asks first.
    func projects(_ request: HTTPRequest) -> HTTPResponse {
        let name = QueryText.parameters(request.query ?? "").first("name")
        return .json { writer in
            writer.key("projects")
            writer.array { writer in
                guard name.map(Self.isProjectName) != false else { return }
                writer.object { writer in
                    writer.member("id", world.credentials.projectID)
                    writer.member("name", name ?? "cn-north-4")
                    writer.member("enabled", true)
                    writer.member("is_domain", false)
                    writer.member("description", "")
                    writer.member("domain_id", Self.domainID)
                    writer.member("parent_id", Self.domainID)
                }
            }
            writer.key("links")
            writer.object { _ in }
        }
    }

    /// `GET /v3/auth/domains`.
    var domains: HTTPResponse {
        .json { writer in
            writer.key("domains")
            writer.array { writer in
                writer.object { writer in
                    writer.member("id", Self.domainID)
                    writer.member("name", world.credentials.domain)
                    writer.member("enabled", true)
                }
            }
            writer.key("links")
            writer.object { _ in }
        }
    }

    private static let domainID = "fedcba9876543210fedcba9876543210"
}
