internal import JSONText
internal import Upstreams

/// The body of a refused call, read for codes only: its texts never leave this module.
struct ErrorBody: Sendable {
    /// Upper bound on bytes that are looked at; longer bodies count as unreadable.
    static let bytesMax = 64 << 10
    /// Upper bound on bytes of a provider's error code.
    static let codeBytesMax = 64

    let value: JSONValue

    init(_ response: UpstreamResponse) {
        let limits = JSONLimits(depthMax: 16, byteCountMax: ErrorBody.bytesMax)
        value = (try? JSONValue(parsing: response.body, limits: limits)) ?? .null
    }

    /// The first of these members that holds a usable code, a string or a number.
    func code(_ names: String...) -> String? {
        names.lazy.compactMap { ErrorBody.code(value[$0]) }.first
    }

    /// The code inside a nested object, for example Keystone's `error`.
    func code(in parent: String, _ name: String) -> String? {
        ErrorBody.code(value[parent]?[name])
    }

    /// A bounded word of letters, digits, `.`, `_` and `-`; `nil` for anything else.
    static func code(_ value: JSONValue?) -> String? {
        switch value {
        case .string(let text): word(text)
        case .number(let text): word(text)
        default: nil
        }
    }

    static func word(_ text: String) -> String? {
        let isWord = !text.isEmpty && text.utf8.allSatisfy(isWordByte)
        return isWord && text.utf8.count <= codeBytesMax ? text : nil
    }

    static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), 0x2D, 0x2E, 0x5F:
            true
        default: false
        }
    }
}
