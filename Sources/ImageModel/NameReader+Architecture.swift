/// Finds processors. A bare `x86` in a name decides nothing; `arch` is a distribution.
extension NameReader {
    /// The claim of the whole text; the tokens it is made of are marked, so that their digits are not
    /// taken for versions.
    mutating func readArchitecture() -> ArchitectureClaim {
        var claim = ArchitectureClaim()
        guard roles.mayNameProcessor else { return claim }
        var index = 0
        while index < tokens.count {
            guard let found = architecture(at: index) else {
                index += 1
                continue
            }
            claim.merge(found.claim)
            for offset in index..<index + found.tokenCount { tokens[offset].role = .architecture }
            index += found.tokenCount
        }
        return claim
    }

    /// What a field that holds nothing but the architecture says: there `arm` is explicit, and `x86`
    /// means the PC architecture at large, which is 64-bit unless something says 32.
    mutating func readArchitectureField(_ text: String) -> ArchitectureClaim {
        tokenize(text)
        let isX86 = tokens.count == 2 && tokens[0].role == .x && tokens[1].number == 86
        var claim = readArchitecture()
        if isX86 { claim = ArchitectureClaim(value: .x86_64, strength: .wordSize) }
        if claim.strength == .vague { claim.strength = .explicit }
        return claim
    }

    private typealias Found = (claim: ArchitectureClaim, tokenCount: Int)

    private func architecture(at index: Int) -> Found? {
        switch tokens[index].role {
        case .x: x86(at: index)
        case .amd: suffixed(at: index, [64: .x86_64])
        case .aarch: suffixed(at: index, [64: .arm64, 32: .unknown])
        case .arm: suffixed(at: index, [64: .arm64, 32: .unknown]) ?? bareARM
        case .armv: suffixed(at: index, [6: .unknown, 7: .unknown, 8: .arm64, 9: .arm64])
        case .i: suffixed(at: index, [386: .i386, 486: .i386, 586: .i386, 686: .i386])
        case .s: suffixed(at: index, [390: .unknown])
        case .foreignProcessor: (explicit(.unknown), number(after: index) == nil ? 1 : 2)
        case .number: wordSize(at: index)
        case .bit: suffixed(at: index, [64: .x86_64, 32: .i386])
        default: nil
        }
    }

    private var bareARM: Found {
        (ArchitectureClaim(value: .arm64, strength: .vague), 1)
    }

    private func explicit(_ value: Architecture) -> ArchitectureClaim {
        ArchitectureClaim(value: value, strength: .explicit)
    }

    /// The number glued to a word or joined to it by one mark.
    private func number(after index: Int) -> Int? {
        guard index + 1 < tokens.count, tokens[index + 1].role == .number,
            tokens[index + 1].gap == .glued || tokens[index + 1].gap.joinsVersion
        else { return nil }
        return tokens[index + 1].number
    }

    private func suffixed(at index: Int, _ values: KeyValuePairs<Int, Architecture>) -> Found? {
        guard let number = number(after: index), endsCleanly(index + 1) else { return nil }
        for (suffix, value) in values where suffix == number { return (explicit(value), 2) }
        return nil
    }

    /// `x64`, `x32`, `x86_64`, `x86-64`, `x86_32` and the undecided `x86`.
    private func x86(at index: Int) -> Found? {
        guard let number = number(after: index), tokens[index + 1].gap == .glued else { return nil }
        switch number {
        case 64 where endsCleanly(index + 1): return (explicit(.x86_64), 2)
        case 32 where endsCleanly(index + 1): return (explicit(.i386), 2)
        case 86:
            guard index + 2 < tokens.count, tokens[index + 2].role == .number,
                endsCleanly(index + 2)
            else { return (ArchitectureClaim(), 2) }
            switch tokens[index + 2].number {
            case 64: return (explicit(.x86_64), 3)
            case 32: return (explicit(.i386), 3)
            default: return (ArchitectureClaim(), 2)
            }
        default: return nil
        }
    }

    /// Whether the number is not the beginning of something longer, as in a random id.
    private func endsCleanly(_ index: Int) -> Bool {
        guard index + 1 < tokens.count, tokens[index + 1].gap == .glued else { return true }
        let next = tokens[index + 1].role
        return next != .unknown && next != .unit && next != .k
    }

    /// `64bit`, `32位`, and the bare `_64_` of old Alibaba Cloud names.
    private func wordSize(at index: Int) -> Found? {
        let number = tokens[index].number
        guard number == 64 || number == 32 else { return nil }
        let claim =
            number == 64
            ? ArchitectureClaim(value: .x86_64, strength: .wordSize) : explicit(.i386)
        if index + 1 < tokens.count, tokens[index + 1].role == .bit { return (claim, 2) }
        return standsBare(index) ? (claim, 1) : nil
    }

    private func standsBare(_ index: Int) -> Bool {
        let token = tokens[index]
        let followsNumber = index > 0 && [.number, .r].contains(tokens[index - 1].role)
        let afterNumber = token.gap == .dash && followsNumber
        let afterLinux = token.gap == .glued && index > 0 && tokens[index - 1].role == .linux
        guard token.gap == .underscore || afterNumber || afterLinux else { return false }
        guard index + 1 < tokens.count else { return true }
        let next = tokens[index + 1]
        return next.gap == token.gap || next.gap == .dot && next.role != .number || afterLinux
    }
}
