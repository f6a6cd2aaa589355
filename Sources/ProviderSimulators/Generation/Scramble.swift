/// A bijection of `0..<modulus` that looks random, so that an id leads back to its row without a table.
struct Scramble: Sendable {
    let modulus: UInt64
    private let multiplier: UInt64
    private let inverse: UInt64
    private let offset: UInt64

    init(modulus: UInt64, seed: UInt64) {
        var draw = Draw(seed: seed, stream: modulus, index: 0)
        var multiplier = draw.next() % modulus
        while Scramble.inverse(of: multiplier, modulo: modulus) == nil {
            multiplier = draw.next() % modulus
        }
        self.modulus = modulus
        self.multiplier = multiplier
        self.inverse = Scramble.inverse(of: multiplier, modulo: modulus) ?? 1
        self.offset = draw.next() % modulus
    }

    func scrambled(_ serial: Int) -> UInt64 {
        (product(UInt64(serial), multiplier) + offset) % modulus
    }

    func serial(of value: UInt64) -> Int? {
        guard value < modulus else { return nil }
        return Int(exactly: product((value + modulus - offset) % modulus, inverse))
    }

    private func product(_ left: UInt64, _ right: UInt64) -> UInt64 {
        modulus.dividingFullWidth(left.multipliedFullWidth(by: right)).remainder
    }

    /// Extended Euclid; `nil` where the two have a common factor.
    private static func inverse(of value: UInt64, modulo modulus: UInt64) -> UInt64? {
        var (rest, nextRest) = (Int64(modulus), Int64(value))
        var (factor, nextFactor) = (Int64(0), Int64(1))
        while nextRest != 0 {
            let quotient = rest / nextRest
            (rest, nextRest) = (nextRest, rest - quotient * nextRest)
            (factor, nextFactor) = (nextFactor, factor - quotient * nextFactor)
        }
        guard rest == 1 else { return nil }
        return UInt64(factor < 0 ? factor + Int64(modulus) : factor)
    }
}
