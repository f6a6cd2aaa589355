internal import Upstreams

/// Aries' refusals, which the status alone explains.
/// Source: cloudstack-tech/aries-docs, the error tables of images and of metadata.
enum AriesErrorCode {
    static let documented = DocumentedCodes([
        "Forbidden", "ImageNotFound", "InternalError", "InvalidParameter",
    ])

    static func error(_ response: UpstreamResponse) -> UpstreamError {
        let code = ErrorBody(response).code("code", "error")
        return UpstreamError(answer: response, providerCode: documented.shown(code))
    }
}
