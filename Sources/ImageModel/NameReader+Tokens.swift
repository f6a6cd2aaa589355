/// Splits text into words and numbers: runs of ASCII letters, runs of digits, and each character
/// beyond ASCII by itself. Case and width do not matter.
extension NameReader {
    mutating func tokenize(_ text: String) {
        if tokenize(text.utf8.span) { return }
        let folded = Self.foldWidth(text)
        _ = tokenize(folded.span)
    }

    /// `false` at the first full-width form, which must be folded before anything is read.
    private mutating func tokenize(_ bytes: borrowing Span<UInt8>) -> Bool {
        tokens.removeAll()
        roles = NameRoles()
        let end = min(bytes.count, Self.textBytesMax)
        var offset = 0
        var gap = NameGap.wide
        // Unchecked here and below: `offset` is below `end`, which is within the bytes.
        while offset < end, !tokens.isFull {
            let byte = bytes[unchecked: offset]
            switch NameByte(byte) {
            case .letter: offset = addWord(bytes, from: offset, to: end, gap)
            case .digit:
                if let after = Self.endOfUUID(bytes, at: offset) {
                    offset = after
                    gap = .wide
                    continue
                }
                offset = addNumber(bytes, from: offset, to: end, gap)
            case .beyondASCII:
                if NameByte.isFullWidth(bytes, at: offset) { return false }
                let length = NameByte.sequenceLength(byte)
                guard !NameByte.isWideMark(bytes, at: offset) else {
                    offset += length
                    gap = .wide
                    continue
                }
                addCharacter(bytes, offset..<min(offset + length, end), gap)
                offset += length
            case .mark:
                gap = gap == .glued ? NameGap(mark: byte) : .wide
                offset += 1
                continue
            }
            gap = .glued
        }
        return true
    }

    @inline(__always)
    private mutating func addWord(
        _ bytes: borrowing Span<UInt8>,
        from start: Int,
        to end: Int,
        _ gap: NameGap
    ) -> Int {
        if let after = Self.endOfUUID(bytes, at: start) { return after }
        var lanes = NameLanes(bytes, at: start, end: end)
        if lanes.beginsImageID, gap != .glued, let after = Self.endOfImageID(bytes, at: start) {
            return after
        }
        var (offset, count) = (start, lanes.letterCount)
        var hash = NameHash()
        while count > 0 {
            hash.add(lanes.letters(count))
            offset &+= count
            // Most words end among the first eight bytes.
            if count < 8 { break }
            lanes = NameLanes(bytes, at: offset, end: end)
            count = lanes.letterCount
        }
        addToken(hash, gap)
        return offset
    }

    private mutating func addCharacter(
        _ bytes: borrowing Span<UInt8>,
        _ range: Range<Int>,
        _ gap: NameGap
    ) {
        var hash = NameHash()
        for offset in range { hash.add(wide: bytes[offset]) }
        addToken(hash, gap)
    }

    @inline(__always)
    private mutating func addToken(_ hash: NameHash, _ gap: NameGap) {
        let entry = lexicon.entry(hash: hash.value)
        roles.insert(entry.role)
        tokens.append(NameToken(role: entry.role, gap: gap, word: entry.word))
    }

    private mutating func addNumber(
        _ bytes: borrowing Span<UInt8>,
        from start: Int,
        to end: Int,
        _ gap: NameGap
    ) -> Int {
        var offset = start
        var value: Int32 = 0
        while offset < end {
            let digit = bytes[unchecked: offset] &- 48
            guard digit < 10 else { break }
            value = min(value &* 10 &+ Int32(digit), Int32(NameToken.numberMax))
            offset &+= 1
        }
        let digitCount = offset - start
        roles.insert(number: value)
        tokens.append(
            NameToken(
                // Five digits and more are dates, builds and serial numbers.
                role: digitCount > 4 ? .cut : .number,
                gap: gap,
                digitCount: UInt8(min(digitCount, 255)),
                value: value
            )
        )
        return offset
    }

    /// Where the UUID that starts here ends; `nil` if none does.
    @inline(__always)
    private static func endOfUUID(_ bytes: borrowing Span<UInt8>, at start: Int) -> Int? {
        let end = start + 36
        guard end <= bytes.count, bytes[start + 8] == 45, bytes[start + 13] == 45,
            bytes[start + 18] == 45, bytes[start + 23] == 45
        else { return nil }
        for offset in start..<end where bytes[offset] != 45 {
            guard NameByte.isHexadecimal(bytes[offset]) else { return nil }
        }
        return end
    }

    /// Where an id such as `img-w8dSxX0q` ends: `img-`, which is there, then eight and more letters and digits that
    /// change between digits and letters, or between cases, more often than words do. `nil` for anything else.
    private static func endOfImageID(_ bytes: borrowing Span<UInt8>, at start: Int) -> Int? {
        let first = start + 4
        var offset = first
        var (kindChanges, caseChanges) = (0, 0)
        while offset < bytes.count {
            let (byte, kind) = (bytes[offset], NameByte(bytes[offset]))
            guard kind == .letter || kind == .digit else { break }
            if offset > first {
                let before = NameByte(bytes[offset - 1])
                if before != kind { kindChanges += 1 }
                if before == .letter, kind == .letter, bytes[offset - 1] & 0x20 != 0,
                    byte & 0x20 == 0
                {
                    caseChanges += 1
                }
            }
            offset += 1
        }
        let count = offset - first
        let isRandom = kindChanges >= (count == 8 ? 3 : 4) || caseChanges >= 2
        return count >= 8 && isRandom ? offset : nil
    }

    /// Full-width letters, digits and marks (U+FF01…U+FF5E) as their ASCII counterparts.
    private static func foldWidth(_ text: String) -> [UInt8] {
        var folded: [UInt8] = []
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0xff01...0xff5e: folded.append(UInt8(scalar.value - 0xff01 + 0x21))
            default: folded.append(contentsOf: UTF8.encode(scalar).map { Array($0) } ?? [])
            }
            if folded.count >= textBytesMax { break }
        }
        return folded
    }
}

/// Byte classes of the tokenizer.
enum NameByte {
    case letter, digit, beyondASCII, mark

    @inline(__always)
    init(_ byte: UInt8) {
        switch byte {
        case 0x30...0x39: self = .digit
        case 0x41...0x5a, 0x61...0x7a: self = .letter
        case 0x80...: self = .beyondASCII
        default: self = .mark
        }
    }

    static func isHexadecimal(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x46, 0x61...0x66: true
        default: false
        }
    }

    /// Bytes of the character that starts with `byte`.
    static func sequenceLength(_ byte: UInt8) -> Int {
        byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4
    }

    /// Whether a form stands here that folds to ASCII: U+FF01…U+FF5E.
    @inline(__always)
    static func isFullWidth(_ bytes: borrowing Span<UInt8>, at offset: Int) -> Bool {
        guard bytes[offset] == 0xef, offset + 2 < bytes.count else { return false }
        switch (bytes[offset + 1], bytes[offset + 2]) {
        case (0xbc, 0x81...), (0xbd, ...0x9e): return true
        default: return false
        }
    }

    /// Whether a blank or mark stands here: U+0080…U+00BF, U+2000…U+207F, U+3000…U+303F.
    static func isWideMark(_ bytes: borrowing Span<UInt8>, at offset: Int) -> Bool {
        guard offset + 1 < bytes.count else { return false }
        switch (bytes[offset], bytes[offset + 1]) {
        case (0xc2, _), (0xe2, 0x80...0x81), (0xe3, 0x80): return true
        default: return false
        }
    }
}

extension NameGap {
    @inline(__always)
    init(mark: UInt8) {
        switch mark {
        case UInt8(ascii: "."): self = .dot
        case UInt8(ascii: "-"): self = .dash
        case UInt8(ascii: "_"): self = .underscore
        default: self = .wide
        }
    }
}
