internal import HTTPWire

/// What the head of a `GET /v1/images` asks for beside its target, where that is the usual: a key, gzip or not.
struct PlainWishes {
    /// Where the caller's key stands in the head's bytes.
    private(set) var key: Range<Int>?
    private(set) var takesGzip = false
    /// Where the caller's `traceparent` stands; the first one, should there be several.
    private(set) var traceparent: Range<Int>?

    /// `nil` for another route or method, and for requests that ask for more: they go the long way.
    init?(_ head: borrowing RequestHead) {
        guard head.methodIs("GET"), PlainWishes.isList(head) else { return nil }
        var encodings: Range<Int>?
        var apiKey: Range<Int>?
        var hasAuthorization = false
        for field in head.fields {
            switch field.name.count {
            case 6:
                if head.equalsIgnoringCase(field.name, "accept"), !head.equals(field.value, "*/*"),
                    !head.equals(field.value, "application/json")
                {
                    return nil
                }
                if head.equalsIgnoringCase(field.name, "pragma")
                    || head.equalsIgnoringCase(field.name, "origin")
                {
                    return nil
                }
            case 8 where head.equalsIgnoringCase(field.name, "if-match"): return nil
            case 13:
                if head.equalsIgnoringCase(field.name, "cache-control")
                    || head.equalsIgnoringCase(field.name, "if-none-match")
                {
                    return nil
                }
                if head.equalsIgnoringCase(field.name, "authorization") {
                    // Whether two lines say the same is looked at on the long way alone.
                    if hasAuthorization { return nil }
                    hasAuthorization = true
                    key = ClientKey.bearer(field.value, of: head.bytes)
                }
            case 15 where head.equalsIgnoringCase(field.name, "accept-encoding"):
                // Several lines are one list, which is put together on the long way alone.
                if encodings != nil { return nil }
                encodings = field.value
            case 9 where head.equalsIgnoringCase(field.name, "x-api-key"):
                if apiKey != nil { return nil }
                apiKey = field.value
            case 11 where head.equalsIgnoringCase(field.name, "traceparent"):
                traceparent = traceparent ?? field.value
            default: break
            }
        }
        if key != nil, apiKey != nil { return nil }
        if let apiKey, !ClientKey.isBlank(head.bytes[apiKey]) { key = apiKey }
        if let encodings {
            takesGzip = GzipEncoder.isAccepted(head.bytes.span.extracting(encodings))
        }
    }

    private static func isList(_ head: borrowing RequestHead) -> Bool {
        let path: StaticString = "/v1/images"
        let target = head.target
        let end = target.lowerBound + path.utf8CodeUnitCount
        guard target.upperBound >= end, head.equals(target.lowerBound..<end, path) else {
            return false
        }
        return target.upperBound == end || head.bytes[end] == UInt8(ascii: "?")
    }
}
