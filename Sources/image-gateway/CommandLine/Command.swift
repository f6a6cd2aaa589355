/// One subcommand: what it is called, what it takes, what it does.
struct Command {
    var name: String
    var summary: String
    /// After the name in the usage line.
    var usage: String
    var flags: [Flag]
    /// Whether words that are no flags are allowed.
    var takesWords = false
    /// Further paragraphs of the help text.
    var notes = ""
    /// Returns the exit status.
    var run: (Arguments) throws(Arguments.Mistake) -> Int32

    struct Flag {
        var name: String
        /// What stands for the value in the help; `nil` for a switch.
        var value: String?
        var summary: String
        var isRepeatable: Bool

        init(
            _ name: String,
            _ value: String? = nil,
            _ summary: String,
            isRepeatable: Bool = false
        ) {
            self.name = name
            self.value = value
            self.summary = summary
            self.isRepeatable = isRepeatable
        }
    }

    var help: String {
        let left = flags.map { "  --\($0.name)" + ($0.value.map { " \($0)" } ?? "") } + ["  --help"]
        let right = flags.map(\.summary) + ["this text"]
        let width = (left.map(\.count).max() ?? 0) + 2
        let lines = zip(left, right).map { flag, summary in
            flag + String(repeating: " ", count: width - flag.count) + summary
        }
        let head = "\(summary)\n\nusage: image-gateway \(name) \(usage)\n\n"
        return head + lines.joined(separator: "\n") + (notes.isEmpty ? "" : "\n\n\(notes)")
    }
}
