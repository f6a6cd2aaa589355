import HTTPWire

/// Answers that are sent in ways no server should send them.
struct SickWire {
    let rule: FaultRule
    let response: HTTPResponse

    private var status: String {
        "HTTP/1.1 \(response.status) \(StatusText.reasonPhrase(response.status))\r\n"
    }

    private var head: [UInt8] {
        Array((status + response.fields.map { "\($0.name): \($0.value)\r\n" }.joined()).utf8)
    }

    private var body: [UInt8] { response.joined().body }
    private var delay: Duration { rule.delay ?? .milliseconds(200) }

    /// The head with a length that is told, its end included.
    private func head(length: Int) -> [UInt8] {
        head + Array("content-length: \(length)\r\n\r\n".utf8)
    }

    private func head(_ fields: String) -> [UInt8] {
        head + Array("\(fields)\r\n\r\n".utf8)
    }

    /// Head and body as a good server sends them.
    private var whole: [UInt8] { head(length: body.count) + body }

    var script: WireScript { WireScript(steps) }

    private var steps: [WireScript.Step] {
        let half = body.count / 2
        switch rule.fault {
        case .connectionReset: return [.reset]
        case .silence: return [.silence]
        case .slowHead:
            let head = head(length: body.count)
            return [.drip(head, portion: 1, pause: delay), .bytes(body)]
        case .slowBody:
            return [.bytes(head(length: body.count)), .drip(body, portion: 1, pause: delay)]
        case .stallInBody:
            return [.bytes(head(length: body.count) + body[..<half]), .silence]
        case .shortBody: return [.bytes(head(length: body.count) + body[..<half]), .close]
        case .wrongContentLength: return [.bytes(head(length: half) + body)]
        case .slowFirstByte: return [.pause(rule.delay ?? .seconds(1)), .bytes(whole)]
        case .closedWhileIdle: return [.bytes(whole), .close]
        case .http10WithoutLength:
            let old = Array("HTTP/1.0".utf8) + head.dropFirst(8) + Array("\r\n".utf8)
            return [.bytes(old + body), .close]
        case .brokenChunks:
            return [.bytes(head("transfer-encoding: chunked") + Array("zz\r\n".utf8)), .close]
        default: return floods
        }
    }

    // MARK: Too much

    private static let blanks = [UInt8](repeating: UInt8(ascii: " "), count: 64 << 10)

    private var floods: [WireScript.Step] {
        let bytes = rule.bytes ?? 1 << 30
        switch rule.fault {
        case .hugeBody:
            let times = (bytes + Self.blanks.count - 1) / Self.blanks.count
            let length = times * Self.blanks.count
            return [.bytes(head(length: length)), .repeated(Self.blanks, times: times), .close]
        case .endlessBody:
            let size = Array("\(String(Self.blanks.count, radix: 16))\r\n".utf8)
            let chunk = size + Self.blanks + Array("\r\n".utf8)
            return [
                .bytes(head("transfer-encoding: chunked")), .repeated(chunk, times: .max), .close,
            ]
        case .gzipBomb:
            return [.bytes(head("content-encoding: gzip\r\nconnection: close"))]
                + GzipBomb.steps(bytes) + [.close]
        case .headerFlood:
            return [
                .bytes(head), .repeated(Array("x-flood: more\r\n".utf8), times: 100_000),
                .bytes(Array("content-length: \(body.count)\r\n\r\n".utf8) + body),
            ]
        case .interimFlood:
            let hint = Array("HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n".utf8)
            return [.repeated(hint, times: 100_000), .bytes(whole)]
        default: return [.bytes(whole)]
        }
    }
}

/// Blanks in gzip (RFC 1952, RFC 1951 §3.2.6): one literal, then copies of 258 bytes from one byte before, each of
/// 13 bits. Eight copies end on the byte they began in, so the middle repeats itself.
enum GzipBomb {
    private static let copyByteCount = 258

    static func steps(_ byteCount: Int) -> [WireScript.Step] {
        let head: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
        var bits = BitWriter()
        // A last block with fixed codes; the literal for a blank.
        bits.append([1, 1, 0])
        bits.append([0, 1, 0, 1, 0, 0, 0, 0])
        for _ in 0..<8 { bits.append(copy) }
        let start = bits.bytes
        // The first byte of the next eight copies shares its low bits with the end of the last ones.
        for _ in 0..<8 { bits.append(copy) }
        let period = Array(bits.bytes[start.count - 1..<bits.bytes.count - 1])
        let times = max(0, byteCount / (8 * copyByteCount))
        return [.bytes(head + start.dropLast()), .repeated(period, times: times)]
    }

    /// Length code 285 and distance code 0, each with its highest bit first.
    private static let copy: [UInt8] = [1, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0]

    private struct BitWriter {
        var bytes: [UInt8] = []
        private var used = 8

        mutating func append(_ bits: [UInt8]) {
            for bit in bits {
                if used == 8 {
                    bytes.append(0)
                    used = 0
                }
                bytes[bytes.count - 1] |= bit << UInt8(used)
                used += 1
            }
        }
    }
}
