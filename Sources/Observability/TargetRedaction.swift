/// Request targets for logs and traces: what is not known to be harmless is not shown. Clients write into the path and
/// into the query what belongs into a field.
///
/// Shown are the path up to what no path of ours holds, the values of parameters with a known name up to what seems to be
/// a secret, and the names of others where they are short and look like names. Shown does not mean valid.
public struct TargetRedaction: Sendable {
    /// What stands in place of what is hidden.
    public static let mark = "[redacted]"
    /// Upper bound on bytes of a name, as it came, that is shown without being known.
    static let nameBytesMax = 64

    /// The known names, one behind the other, at the place of their length.
    private let names: [[UInt8]]

    /// Values of parameters with one of these names are shown.
    public init(showing names: [String]) {
        let byteCountMax = names.map(\.utf8.count).max() ?? 0
        self.names = (0...byteCountMax).map { byteCount in
            names.filter { $0.utf8.count == byteCount }.flatMap(\.utf8)
        }
    }

    /// `target` with the mark in place of all that is hidden; everything else byte by byte as it was. Linear in the
    /// target's length; nothing is allocated where nothing is hidden.
    public func redacted(_ target: String) -> String {
        redacted(target.utf8.span) ?? target
    }

    /// The same of bytes; `nil` where there is nothing to hide.
    public func redacted(_ target: Span<UInt8>) -> String? {
        guard let first = nextHidden(in: target, from: 0) else { return nil }
        var result: [UInt8] = []
        result.reserveCapacity(target.count + Self.mark.utf8.count)
        var hidden: Range<Int>? = first
        var shownStart = 0
        while let next = hidden {
            result.append(target.extracting(shownStart..<next.lowerBound))
            result.append(Self.mark.utf8.span)
            shownStart = next.upperBound
            hidden = nextHidden(in: target, from: shownStart + 1)
        }
        result.append(target.extracting(shownStart..<target.count))
        return String(decoding: result, as: UTF8.self)
    }

    /// Whether a target may stand in a log line byte by byte: nothing in it must be hidden, escaped or cut.
    public func isPlain(_ target: Span<UInt8>) -> Bool {
        target.count <= LogLine.textBytesMax && target.isPlainText
            && nextHidden(in: target, from: 0) == nil
    }

    /// The next bytes to hide. A part begins at `start`: the path at 0, else a parameter.
    private func nextHidden(in target: Span<UInt8>, from start: Int) -> Range<Int>? {
        var start = start
        while start <= target.count {
            let isPath = start == 0
            let end = target.firstIndex(of: UInt8(ascii: isPath ? "?" : "&"), from: start)
            let part = target.extracting(start..<end)
            let known = isPath ? Self.shownByteCount(ofPath: part) : shownByteCount(of: part)
            let shown = min(known, part.firstWebToken)
            if shown < part.count { return start + shown..<end }
            start = end + 1
        }
        return nil
    }

    /// What ends a query's name or value, or hides such a byte, is in no path of ours; nor is what ends a user's name and
    /// password, which stand before it.
    private static func shownByteCount(ofPath path: Span<UInt8>) -> Int {
        var end = path.count
        var index = 0
        while index < path.count {
            let (byte, byteCount) = path.percentDecoded(at: index)
            switch byte {
            case UInt8(ascii: "@"): return min(index, 1)
            case UInt8(ascii: ";"), UInt8(ascii: "="), UInt8(ascii: "&"), UInt8(ascii: "?"),
                UInt8(ascii: "#"), UInt8(ascii: "%"):
                end = min(end, index)
            default: break
            }
            index += byteCount
        }
        return end
    }

    private func shownByteCount(of parameter: Span<UInt8>) -> Int {
        let nameEnd = parameter.firstIndex(of: UInt8(ascii: "="), from: 0)
        let name = parameter.extracting(first: nameEnd)
        guard !isKnown(name) else {
            return Self.shownByteCount(of: parameter, valueStart: nameEnd + 1)
        }
        // Behind a name comes a value; behind a text in base64 nothing, or the rest of its padding.
        var valueStart = nameEnd
        while valueStart < parameter.count, parameter[valueStart] == UInt8(ascii: "=") {
            valueStart += 1
        }
        if valueStart == parameter.count { return name.isEmpty ? valueStart : 0 }
        return Self.isShowable(name) ? nameEnd + 1 : 0
    }

    /// How much of a known parameter is shown. Some clients append another query to the last value, or write a secret,
    /// with its name, into it. All these bytes may be part of a value, too, so that only what seems to be such a query, a
    /// secret or a URL with a user in it is hidden: to the end. What is encoded twice is not read.
    private static func shownByteCount(of parameter: Span<UInt8>, valueStart: Int) -> Int {
        var (query, hasURL) = (Int?.none, false)
        var (nameStart, index) = (valueStart, valueStart)
        while index < parameter.count {
            let (byte, byteCount) = parameter.percentDecoded(at: index)
            let next = index + byteCount
            if isNameByte(byte) {
                index = next
                continue
            }
            switch byte {
            case UInt8(ascii: "%"): return index
            case UInt8(ascii: "?"), UInt8(ascii: "&"): query = query ?? index
            case UInt8(ascii: "="), UInt8(ascii: ":"):
                if let query { return query }
                if SecretWords.areHeld(by: parameter.extracting(nameStart..<index)) { return next }
                if hasURL || parameter.percentDecodedEnd(of: "://", at: index) == nil { break }
                if parameter.holdsPercentDecoded(UInt8(ascii: "@"), from: next) { return index }
                hasURL = true
            default: break
            }
            (nameStart, index) = (next, next)
        }
        return parameter.count
    }

    private func isKnown(_ name: Span<UInt8>) -> Bool {
        let byteCount = name.percentDecodedByteCount
        guard byteCount < names.count else { return false }
        let known = names[byteCount]
        var start = 0
        while start < known.count {
            if name.isPercentEncoded(known.span.extracting(start..<start + byteCount)) {
                return true
            }
            start += byteCount
        }
        return false
    }

    /// A secret that came without a name is rather long.
    private static func isShowable(_ name: Span<UInt8>) -> Bool {
        guard name.count <= nameBytesMax else { return false }
        var index = 0
        while index < name.count {
            let (byte, byteCount) = name.percentDecoded(at: index)
            guard isNameByte(byte) else { return false }
            index += byteCount
        }
        return true
    }

    /// Letters, digits and what stands between them in names.
    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"),
            UInt8(ascii: "."), UInt8(ascii: "["), UInt8(ascii: "]"):
            true
        default: false
        }
    }
}

extension Span<UInt8> {
    /// Where the byte stands, from `start` on; the end where it does not.
    fileprivate func firstIndex(of byte: UInt8, from start: Int) -> Int {
        var index = start
        while index < count, self[index] != byte { index += 1 }
        return index
    }
}

extension [UInt8] {
    fileprivate mutating func append(_ bytes: Span<UInt8>) {
        bytes.withUnsafeBufferPointer { append(contentsOf: $0) }
    }
}
