internal import Configuration

/// The words after a subcommand, sorted into flags and others.
struct Arguments {
    /// By canonical name, in order of arrival; more than one for repeatable flags alone.
    private(set) var values: [String: [String]] = [:]
    private(set) var words: [String] = []

    /// A mistake of whoever typed it: what is wrong and what would be right.
    struct Mistake: Error {
        var message: String
    }

    init(_ arguments: [String], for command: Command) throws(Mistake) {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            guard argument.hasPrefix("--"), argument != "--" else {
                try take(word: argument, command)
                continue
            }
            let parts = argument.dropFirst(2).split(
                separator: "=",
                maxSplits: 1,
                omittingEmptySubsequences: false
            )
            let name = Self.canonical(String(parts.first ?? ""))
            guard let flag = command.flags.first(where: { $0.name == name }) else {
                throw Mistake(message: Self.unknown(String(parts.first ?? ""), command))
            }
            guard values[name] == nil || flag.isRepeatable else {
                throw Mistake(message: "--\(name) is given twice")
            }
            if flag.value == nil {
                guard parts.count == 1 else { throw Mistake(message: "--\(name) takes no value") }
                values[name] = [""]
            } else if parts.count == 2 {
                values[name, default: []].append(String(parts[1]))
            } else if let value = rest.popFirst() {
                values[name, default: []].append(value)
            } else {
                throw Mistake(message: "--\(name) needs a value: --\(name) \(flag.value ?? "")")
            }
        }
    }

    private mutating func take(word: String, _ command: Command) throws(Mistake) {
        if word.hasPrefix("-"), word.count > 1 {
            throw Mistake(message: Self.unknown(String(word.drop { $0 == "-" }), command))
        }
        guard command.takesWords else {
            throw Mistake(message: "'\(word)' is not expected; \(command.name) takes flags alone")
        }
        words.append(word)
    }

    /// Hyphens and underscores are no difference: `--os_version` is `--os-version`.
    private static func canonical(_ name: String) -> String {
        String(name.map { $0 == "_" ? "-" : $0 })
    }

    private static func unknown(_ name: String, _ command: Command) -> String {
        let known = command.flags.map(\.name) + ["help"]
        let close = Likeness.closest(to: name, among: known).map { "; did you mean --\($0)?" }
        return "unknown flag --\(name)"
            + (close ?? "; known are --\(known.joined(separator: ", --"))")
    }

    subscript(_ name: String) -> String? { values[name]?.last }

    /// Every value of a repeatable flag, in order of arrival.
    func all(_ name: String) -> [String] { values[name] ?? [] }

    func required(_ name: String) throws(Mistake) -> String {
        guard let value = self[name] else { throw Mistake(message: "--\(name) is needed") }
        return value
    }

    func has(_ name: String) -> Bool { values[name] != nil }

    func integer(_ name: String, in range: ClosedRange<Int>, default standard: Int) throws(Mistake)
        -> Int
    {
        guard let text = self[name] else { return standard }
        guard let number = Int(text), range.contains(number) else {
            throw Mistake(
                message:
                    "--\(name) '\(text)' is not a whole number from \(range.lowerBound) to \(range.upperBound)"
            )
        }
        return number
    }

    /// An address to listen on; `nil` where the flag was not given.
    func address(_ name: String) throws(Mistake) -> String? {
        guard let text = self[name] else { return nil }
        do throws(TextComplaint) {
            return try ListenAddress(text).description
        } catch {
            throw Mistake(message: "--\(name): \(error.description)")
        }
    }

    func duration(_ name: String, default standard: Duration) throws(Mistake) -> Duration {
        guard let text = self[name] else { return standard }
        do throws(TextComplaint) {
            return try DurationText.parse(text)
        } catch {
            throw Mistake(message: "--\(name): \(error.description)")
        }
    }
}
