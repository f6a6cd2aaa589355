/// One HTTP/1.1 message as bytes and what RFC 9112/9110 makes of it. Served to the parser in every
/// split and to the server over a socket.
public struct WireCase: Sendable, CustomStringConvertible {
    public var title: String
    public var bytes: [UInt8]
    public var verdict: Verdict

    public enum Verdict: Sendable, Hashable {
        /// The requests in it, each as `METHOD target content`.
        case accepted([String])
        /// Refused with this status after these accepted requests; nothing behind it is ever a
        /// request.
        case refused(Int, after: [String] = [])
    }

    public init(_ title: String, _ text: String, _ verdict: Verdict) {
        self.title = title
        bytes = text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
        self.verdict = verdict
    }

    public var description: String { title }

    static func accept(_ title: String, _ text: String, _ requests: String...) -> WireCase {
        WireCase(title, text, .accepted(requests))
    }

    static func refuse(
        _ status: Int,
        _ title: String,
        _ text: String,
        after requests: [String] = []
    ) -> WireCase {
        WireCase(title, text, .refused(status, after: requests))
    }

    /// Every case; no title twice.
    public static let all: [WireCase] = [
        requestLines, targets, hosts, fields, lengths, codings, chunks, connections, limits,
        delimiters, targetBytes, hostBytes, valueBytes, nameBytes, chunkSizeBytes,
        codingsWithLength, codingsBeforeLength, almostCodings, oddLengths, lengthPairs, oddChunks,
        methodsWithContent, afterRefusals, persistence, upgrades, absoluteForms, rightChunks,
        expectations, moreHosts, lines,
    ].flatMap(\.self)
}
