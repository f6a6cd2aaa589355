package import HTTPWire

/// Parser and decoder fed with pieces, as a connection does it.
package struct WireReader: ~Copyable {
    /// Each as `METHOD target content`.
    package private(set) var requests: [String] = []
    package private(set) var refusal: RequestRefusal?
    private var head: RequestHead
    private var parser = RequestHeadParser()
    private var filled = 0
    private var start = 0
    private var open: (request: HTTPRequest, decoder: BodyDecoder)?
    private var isEnded = false
    private let limits: ServerLimits

    package init(byteCountMax: Int, limits: ServerLimits = ServerLimits()) {
        head = RequestHead(byteCount: byteCountMax)
        self.limits = limits
    }

    package mutating func receive(_ bytes: ArraySlice<UInt8>) {
        head.fill(bytes, at: filled)
        filled += bytes.count
        do throws(RequestRefusal) {
            while refusal == nil, !isEnded, try step() {}
        } catch {
            refusal = error
        }
    }

    private mutating func step() throws(RequestRefusal) -> Bool {
        guard var reading = open else { return try readHead() }
        start += try head.decode(start..<filled, &reading.decoder, into: &reading.request.body)
        open = reading
        guard reading.decoder.isComplete else { return false }
        finish(reading.request)
        return start < filled
    }

    private mutating func readHead() throws(RequestRefusal) -> Bool {
        guard start < filled else { return false }
        guard let end = try parser.parse(&head, filled: filled, limits: limits) else {
            return false
        }
        start = end
        let decoder = try BodyDecoder(framing: head.framing, limits: limits)
        open = (head.request(), decoder)
        return true
    }

    private mutating func finish(_ request: HTTPRequest) {
        let body = String(decoding: request.body, as: UTF8.self)
        requests.append("\(request.method) \(request.target) \(body)")
        isEnded = !head.keepsAlive
        open = nil
        parser.begin(at: start, &head)
    }
}

extension RequestHead {
    package mutating func fill(_ more: ArraySlice<UInt8>, at offset: Int) {
        bytes.replaceSubrange(offset..<(offset + more.count), with: more)
    }
}
