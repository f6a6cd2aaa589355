/// What one text or field says about the processor.
struct ArchitectureClaim {
    /// `.unknown` with strength `.explicit` means a processor outside the vocabulary, or two at once.
    var value = Architecture.unknown
    var strength = Strength.none

    /// How much the words decide.
    enum Strength: Int, Comparable {
        case none
        /// `64bit` tells the word size, not the processor; a field that says `x86` no more than that.
        case wordSize
        /// The word `ARM` in passing.
        case vague
        case explicit

        static func < (left: Strength, right: Strength) -> Bool { left.rawValue < right.rawValue }
    }

    /// Whether this claim beats `other`, which is trusted more. Clouds write `x86_64` by default, so
    /// a claim of anything else is the more specific one.
    func outranks(_ other: ArchitectureClaim) -> Bool {
        if strength != other.strength { return strength > other.strength }
        return other.value == .x86_64 && value != .x86_64
    }

    /// Whether both can be true at once.
    func agrees(with other: ArchitectureClaim) -> Bool {
        if strength == .none || other.strength == .none || value == other.value { return true }
        let isSixtyFour: (ArchitectureClaim) -> Bool = {
            $0.strength == .wordSize && $0.value == .x86_64
        }
        return isSixtyFour(self) && other.value != .i386 || isSixtyFour(other) && value != .i386
    }

    /// Adds a further claim of the same text.
    mutating func merge(_ other: ArchitectureClaim) {
        if other.strength == strength, other.value != value, strength == .explicit {
            value = .unknown
        } else if other.outranks(self) {
            self = other
        }
    }
}
