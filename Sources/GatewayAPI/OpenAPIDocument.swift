internal import HTTPWire

/// `GET /openapi.json`.
enum OpenAPIDocument {
    static var reply: Reply { Router.text("{}") }
}
