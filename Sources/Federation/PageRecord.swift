internal import Cryptography
internal import ImageModel
internal import JSONText
internal import Upstreams

/// What is remembered of one page of a published list, so that the same page need not be read again.
///
/// A class: it goes from list to walk to list, and a copy has nine references to count.
final class PageRecord: Sendable {
    let position: PagePosition
    let identity: PageIdentity
    /// Its images, counted over the whole list in the order of their arrival.
    let arrivals: Range<Int>
    let next: PagePosition?
    let total: Int?
    let drift: [String]

    init(
        position: PagePosition,
        identity: PageIdentity,
        arrivals: Range<Int>,
        next: PagePosition?,
        total: Int?,
        drift: [String]
    ) {
        self.position = position
        self.identity = identity
        self.arrivals = arrivals
        self.next = next
        self.total = total
        self.drift = drift
    }

    /// The same page with its images elsewhere in the list, unless they are where they were.
    func at(_ arrivals: Range<Int>) -> PageRecord {
        if arrivals == self.arrivals { return self }
        return PageRecord(
            position: position,
            identity: identity,
            arrivals: arrivals,
            next: next,
            total: total,
            drift: drift
        )
    }

    /// Whether `response` brings nothing new: the upstream says so, or its body is the same.
    func isRepeated(by response: UpstreamResponse, volatileMembers: [StaticString]) -> Bool {
        if response.status == 304 { return identity.entityTag != nil }
        guard (200..<300).contains(response.status) else { return false }
        if let whole = identity.whole {
            return SameBytes.areSame(whole.page.body.span, response.body.span)
        }
        guard let digest = identity.digest else { return false }
        return digest == PageDigest(response.body, without: volatileMembers)
    }
}

/// What tells whether an answer is the last one again.
struct PageIdentity: Sendable {
    /// Of the body, without the members that differ each time; `nil` for a page that is remembered whole.
    let digest: PageDigest?
    /// The answer's entity tag, to be asked with `If-None-Match` (RFC 9110 §13.1.2).
    let entityTag: String?
    /// Of the body.
    let byteCount: Int
    /// The page itself, where it is short and all there is.
    private(set) var whole: WholePage?

    /// A longer tag is not worth remembering for each page.
    static let entityTagBytesMax = 1024

    init(_ response: UpstreamResponse, whole: WholePage?, volatileMembers: [StaticString]) {
        self.whole = whole
        digest = whole == nil ? PageDigest(response.body, without: volatileMembers) : nil
        byteCount = response.body.count
        entityTag = response.value(of: "etag").flatMap {
            $0.utf8.count <= PageIdentity.entityTagBytesMax ? $0 : nil
        }
    }

    /// The same for a list of so many images. Where ids repeat there are fewer than came, and which image came
    /// from which object is not known.
    consuming func listing(_ imageCount: Int) -> PageIdentity {
        if whole?.imageCount != imageCount { whole = nil }
        return self
    }
}

/// SHA-256 of a page's bytes.
struct PageDigest: Sendable, Hashable {
    private let words: SIMD4<UInt64>

    /// Bytes at either end of a body where volatile members are looked for: the images stand between.
    private static let edgeByteCount = 512

    /// The string values of these members are left out.
    init(_ body: [UInt8], without members: [StaticString]) {
        var kept = body
        for member in members {
            for value in PageDigest.values(of: member, in: kept).reversed() {
                kept.removeSubrange(value)
            }
        }
        let hash = Digest.sha256.hash(kept)
        var words = SIMD4<UInt64>()
        for index in 0..<4 {
            words[index] = hash[index * 8..<index * 8 + 8].reduce(0) { $0 << 8 | UInt64($1) }
        }
        self.words = words
    }

    /// Where the values stand, in order.
    private static func values(of member: StaticString, in body: [UInt8]) -> [Range<Int>] {
        let name = Array("\"\(member)\"".utf8)
        let places = 0..<max(0, body.count - name.count)
        var values: [Range<Int>] = []
        var index = 0
        while index < places.upperBound {
            if index == edgeByteCount { index = max(index, places.upperBound - edgeByteCount) }
            if body[index] == name[0], body[index...].starts(with: name),
                let value = string(behind: index + name.count, in: body)
            {
                values.append(value)
                index = value.upperBound
            } else {
                index += 1
            }
        }
        return values
    }

    /// The characters of the string that follows a colon; `nil` where something else follows.
    private static func string(behind start: Int, in body: [UInt8]) -> Range<Int>? {
        let quote = UInt8(ascii: "\"")
        let rest = body[start...].drop { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: " ") }
        guard rest.first == quote, let end = rest.dropFirst().firstIndex(of: quote) else {
            return nil
        }
        return rest.startIndex + 1..<end
    }
}
