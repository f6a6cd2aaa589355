/// `*( BWS ";" BWS name [ BWS "=" BWS ( token / quoted-string ) ] )` (RFC 9112 §7.1.1). Extensions
/// mean nothing to us; they are checked because lenient readings of them have hidden requests.
struct ChunkExtensionChecker: Sendable {
    private var state = State.start

    private enum State {
        case start, blankBeforeSemicolon
        case nameStart, name, blankAfterName
        case valueStart, token, quoted, quotedPair, quotedEnd
    }

    /// Whether the line may end here.
    var mayEnd: Bool {
        switch state {
        case .start, .name, .token, .quotedEnd: true
        default: false
        }
    }

    /// `false` for a byte that cannot stand here.
    mutating func take(_ byte: UInt8) -> Bool {
        guard let next = next(byte) else { return false }
        state = next
        return true
    }

    private func next(_ byte: UInt8) -> State? {
        switch state {
        case .start, .blankBeforeSemicolon, .quotedEnd: betweenExtensions(byte)
        case .nameStart: byte.isBlank ? .nameStart : ByteSet.token.contains(byte) ? .name : nil
        case .name: ByteSet.token.contains(byte) ? .name : afterName(byte)
        case .blankAfterName: afterName(byte)
        case .valueStart: valueStart(byte)
        case .token: ByteSet.token.contains(byte) ? .token : betweenExtensions(byte)
        case .quoted: quoted(byte)
        case .quotedPair: byte.isFieldContent ? .quoted : nil
        }
    }

    private func betweenExtensions(_ byte: UInt8) -> State? {
        if byte == UInt8(ascii: ";") { return .nameStart }
        return byte.isBlank ? .blankBeforeSemicolon : nil
    }

    private func afterName(_ byte: UInt8) -> State? {
        if byte == UInt8(ascii: "=") { return .valueStart }
        if byte == UInt8(ascii: ";") { return .nameStart }
        return byte.isBlank ? .blankAfterName : nil
    }

    private func valueStart(_ byte: UInt8) -> State? {
        if byte == UInt8(ascii: "\"") { return .quoted }
        if byte.isBlank { return .valueStart }
        return ByteSet.token.contains(byte) ? .token : nil
    }

    private func quoted(_ byte: UInt8) -> State? {
        if byte == UInt8(ascii: "\"") { return .quotedEnd }
        if byte == UInt8(ascii: "\\") { return .quotedPair }
        return byte.isFieldContent ? .quoted : nil
    }
}
