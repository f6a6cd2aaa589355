import HTTPWire
import JSONText

/// An error of one of the two layers, each with an envelope of its own.
struct HuaweiError: Error, Sendable, Hashable {
    enum Layer: Sendable, Hashable {
        /// The gateway before every service.
        case gateway
        /// The image service.
        case image
        /// The identity service; its codes are numbers.
        case identity
    }

    var layer: Layer
    var status: Int
    var code: String
    var message: String

    static func gateway(_ status: Int, _ code: String, _ message: String) -> HuaweiError {
        HuaweiError(layer: .gateway, status: status, code: "APIGW.\(code)", message: message)
    }

    static func image(_ status: Int, _ code: String, _ message: String) -> HuaweiError {
        HuaweiError(layer: .image, status: status, code: "IMG.\(code)", message: message)
    }

    static func identity(_ status: Int, _ title: String, _ message: String) -> HuaweiError {
        HuaweiError(layer: .identity, status: status, code: title, message: message)
    }

    static func authentication(_ detail: String) -> HuaweiError {
        gateway(401, "0301", "Incorrect IAM authentication information: \(detail)")
    }

    static let tokenMustBeUpdated = gateway(401, "0307", "The token must be updated.")

    func response(requestID: String) -> HTTPResponse {
        .json(status: status) { writer in
            switch layer {
            case .gateway:
                writer.member("error_msg", message)
                writer.member("error_code", code)
                writer.member("request_id", requestID)
            case .image:
                writer.key("error")
                writer.object { writer in
                    writer.member("message", message)
                    writer.member("code", code)
                }
            case .identity:
                writer.key("error")
                writer.object { writer in
                    writer.member("code", status)
                    writer.member("message", message)
                    writer.member("title", code)
                }
            }
        }
    }
}
