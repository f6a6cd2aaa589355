/// Windows: years are servers, small numbers are clients, `R2` may stand words away from its year.
extension NameReader {
    func windowsClaim(of system: Distribution, from start: Int) -> SystemClaim {
        var isServer = system == .windowsServer
        var passedStranger = false
        var index = start
        while index < tokens.count {
            switch tokens[index].role {
            case .number:
                guard let release = windowsNumber(at: index), isFreeForWindows(index),
                    release.isServerYear || !passedStranger && !isServer
                else { break }
                return windowsClaim(release, isServer, at: index)
            case .server: isServer = true
            case .codename:
                guard let codename = lexicon.codename(tokens[index].word),
                    codename.distribution == .windows
                else { break }
                return SystemClaim(system: .windows, release: codename.release)
            case .product:
                index = endOfProduct(at: index) - 1
            case .filler, .unknown: passedStranger = true
            default: break
            }
            index += 1
        }
        return yearBefore(start, isServer)
            ?? SystemClaim(system: isServer ? .windowsServer : system, release: nil)
    }

    /// `2022-windows`: the year stands right before the name.
    private func yearBefore(_ start: Int, _ isServer: Bool) -> SystemClaim? {
        guard let mention = mentions.first(where: { $0.tokens.upperBound == start }),
            mention.tokens.lowerBound > 0
        else { return nil }
        let index = mention.tokens.lowerBound - 1
        let followsProduct = index > 0 && [.product, .server].contains(tokens[index - 1].role)
        guard !followsProduct, let release = windowsNumber(at: index), release.isServerYear else {
            return nil
        }
        return windowsClaim(release, isServer, at: index)
    }

    private func windowsClaim(
        _ release: ReleaseNumber,
        _ isServer: Bool,
        at index: Int
    ) -> SystemClaim {
        let isClient = release.major < 2000 || release.major == 2000 && !isServer
        guard !isClient else { return SystemClaim(system: .windows, release: release) }
        var release = release
        if (2003...2012).contains(release.major), hasSecondRelease(after: index) {
            release.suffix = .secondRelease
        }
        return SystemClaim(system: .windowsServer, release: release)
    }

    /// A Windows version number: `2019`, `10`, `8.1`, and `2k19` for 2019.
    func windowsNumber(at index: Int) -> ReleaseNumber? {
        guard tokens[index].role == .number else { return nil }
        let number = tokens[index].number
        switch number {
        case 2000, 2003, 2008, 2012, 2016, 2019, 2022, 2025: return ReleaseNumber(major: number)
        case 7, 10, 11: return ReleaseNumber(major: number)
        case 8:
            guard index + 1 < tokens.count, tokens[index + 1].role == .number,
                tokens[index + 1].gap.joinsVersion, tokens[index + 1].number == 1
            else { return ReleaseNumber(major: 8) }
            return ReleaseNumber(major: 8, minor: 1)
        case 2: return shortYear(at: index)
        default: return nil
        }
    }

    private func shortYear(at index: Int) -> ReleaseNumber? {
        guard index + 2 < tokens.count, tokens[index + 1].role == .k,
            tokens[index + 1].gap == .glued,
            tokens[index + 2].role == .number, tokens[index + 2].gap == .glued,
            [3, 8, 12, 16, 19, 22, 25].contains(tokens[index + 2].number)
        else { return nil }
        return ReleaseNumber(major: 2000 + tokens[index + 2].number)
    }

    /// Whether the number does not belong to the word it is glued to.
    private func isFreeForWindows(_ index: Int) -> Bool {
        guard index > 0, tokens[index].gap == .glued else { return true }
        return [.name, .server, .part].contains(tokens[index - 1].role)
    }

    /// After `SQL`: `Server`, a year, and that year's `R2` and service pack.
    private func endOfProduct(at index: Int) -> Int {
        var end = index + 1
        while end < tokens.count, tokens[end].role == .server || tokens[end].role == .part {
            end += 1
        }
        end = endOfNumber(after: end - 1)
        while end + 1 < tokens.count, tokens[end].role == .r || tokens[end].role == .servicePack,
            tokens[end + 1].role == .number
        {
            end += 2
        }
        return end
    }

    /// `R2`, but not the `R2.0` that some publishers give their own images.
    private func isSecondRelease(_ index: Int) -> Bool {
        guard tokens[index + 1].gap == .glued, tokens[index + 1].number == 2 else { return false }
        guard index + 2 < tokens.count else { return true }
        return tokens[index + 2].gap != .dot || tokens[index + 2].digitCount == 0
    }

    private func hasSecondRelease(after start: Int) -> Bool {
        var index = start + 1
        while index + 1 < tokens.count {
            switch tokens[index].role {
            case .product:
                index = endOfProduct(at: index)
                continue
            case .r where isSecondRelease(index): return true
            default: index += 1
            }
        }
        return false
    }
}

extension ReleaseNumber {
    /// Whether the number is a year, which only servers are named after.
    fileprivate var isServerYear: Bool { suffix == .none && major >= 2000 }
}
