/// Takes numbers that cannot be versions out of the running, before anything else is read.
extension NameReader {
    mutating func cutForeignNumbers() {
        let hasUnits = roles.contains(.unit) || roles.contains(.k)
        for index in tokens.indices {
            switch tokens[index].role {
            case .number:
                cutDate(at: index)
                if hasUnits { cutSize(at: index) }
            case .k: joinKubernetes(at: index)
            default: break
            }
        }
    }

    /// `2024.02.14`, `14-02-2024`; the day is written like the month, so that Amazon's `2017.09.1` is
    /// none.
    private mutating func cutDate(at index: Int) {
        guard index + 2 < tokens.count, tokens[index + 1].role == .number,
            tokens[index + 2].role == .number, tokens[index + 1].gap.joinsVersion,
            tokens[index + 2].gap == tokens[index + 1].gap, tokens[index].gap != .glued
        else { return }
        let (first, second, third) = (
            tokens[index].number, tokens[index + 1].number, tokens[index + 2].number
        )
        let years = 2000...2049
        let leads = years.contains(first) && (1...12).contains(second) && (1...31).contains(third)
        let trails =
            years.contains(third) && (1...31).contains(first) && (1...31).contains(second)
            && tokens[index].digitCount == 2 && tokens[index + 1].digitCount == 2
        let isEven = tokens[index + 1].digitCount < 2 || tokens[index + 2].digitCount > 1
        guard leads && isEven || trails else { return }
        for offset in 0...2 { tokens[index + offset].role = .cut }
    }

    /// `20G`, `64k`, `21H2`, `1050e`: a unit or build letter follows without a gap.
    private mutating func cutSize(at index: Int) {
        guard index + 1 < tokens.count, tokens[index + 1].gap == .glued else { return }
        let isThousand = tokens[index + 1].role == .k
        // `w2k19` is a year, not a size.
        let isYear = isThousand && index + 2 < tokens.count && tokens[index + 2].gap == .glued
        guard tokens[index + 1].role == .unit || isThousand && !isYear else { return }
        tokens[index].role = .cut
    }

    /// `k8s` is one word for a product.
    private mutating func joinKubernetes(at index: Int) {
        guard index + 2 < tokens.count, tokens[index + 1].number == 8,
            tokens[index + 1].gap == .glued, tokens[index + 2].role == .s,
            tokens[index + 2].gap == .glued
        else { return }
        tokens[index].role = .part
        tokens[index + 1].role = .cut
        tokens[index + 2].role = .product
    }
}
