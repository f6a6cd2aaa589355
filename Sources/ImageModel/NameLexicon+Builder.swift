extension NameLexicon {
    /// Gathers words, phrases and release names while the lexicon is built.
    struct Builder {
        /// By word; the first is a sentinel, because word 0 means "not held".
        private(set) var entries = [Entry(hash: 0, word: 0, role: .unknown)]
        private(set) var codenames: [Codename?] = [nil]
        private var wordByHash: [UInt64: UInt16] = [:]
        private var spellings: [Spelling] = []

        private struct Spelling {
            var words: [UInt16]
            var distribution: Distribution?
            var condition: Phrase.Condition
        }

        /// Registers a word with a role; a role given earlier stays.
        @discardableResult
        private mutating func add(_ hash: UInt64, as role: NameRole) -> UInt16 {
            if let word = wordByHash[hash] { return word }
            let word = UInt16(entries.count)
            entries.append(Entry(hash: hash, word: word, role: role))
            codenames.append(nil)
            wordByHash[hash] = word
            return word
        }

        mutating func addWords() {
            for (role, words) in NameLexicon.words {
                for hash in Self.hashes(of: words) { add(hash, as: role) }
            }
        }

        mutating func addCodenames() {
            for (name, distribution, release) in NameLexicon.releaseNames {
                for hash in Self.hashes(of: name) {
                    let word = add(hash, as: .codename)
                    codenames[Int(word)] = Codename(distribution: distribution, release: release)
                }
                if distribution == .ubuntu { add("\(name) server cloudimg", .ubuntu, .always) }
            }
        }

        mutating func addPhrases() {
            for (distribution, condition, spellings) in NameLexicon.spellings {
                for spelling in spellings { add(spelling, distribution, condition) }
                for spelling in spellings where condition == .always && distribution != nil {
                    addJoined(spelling, distribution)
                }
            }
        }

        /// Camel-case catalogues write `RedHatEnterpriseLinux` and `UbuntuServer`: every spelling also
        /// counts without its blanks and with one of the usual words glued on.
        private mutating func addJoined(_ spelling: String, _ distribution: Distribution?) {
            let joined = spelling.filter { $0 != " " }
            for ending in ["", "linux", "server", "os"] {
                add(joined + ending, distribution, .always)
            }
        }

        private mutating func add(
            _ spelling: String,
            _ distribution: Distribution?,
            _ condition: Phrase.Condition
        ) {
            let words = Self.hashes(of: spelling).map { add($0, as: .name) }
            guard !spellings.contains(where: { $0.words == words }) else { return }
            spellings.append(
                Spelling(words: words, distribution: distribution, condition: condition)
            )
        }

        /// Phrases grouped by first word, longest first; their words; and where each word's phrases start.
        func sortedPhrases() -> (phrases: [Phrase], words: [UInt16], starts: [UInt16]) {
            let sorted = spellings.sorted {
                ($0.words[0], $1.words.count) < ($1.words[0], $0.words.count)
            }
            var (phrases, words): ([Phrase], [UInt16]) = ([], [])
            var counts = Array(repeating: 0, count: entries.count)
            for spelling in sorted {
                phrases.append(
                    Phrase(
                        firstWord: UInt16(words.count),
                        wordCount: UInt8(spelling.words.count),
                        condition: spelling.condition,
                        distribution: spelling.distribution
                    )
                )
                words += spelling.words
                counts[Int(spelling.words[0])] += 1
            }
            var starts: [UInt16] = [0]
            for count in counts { starts.append(starts[starts.count - 1] + UInt16(count)) }
            return (phrases, words, starts)
        }

        /// Words as the tokenizer splits them: at blanks, and after every character beyond ASCII.
        private static func hashes(of text: String) -> [UInt64] {
            text.split(separator: " ").flatMap { piece -> [UInt64] in
                if piece.utf8.allSatisfy({ $0 < 0x80 }) { return [hash(of: piece.utf8)] }
                return piece.unicodeScalars.map { hash(wide: $0) }
            }
        }

        /// As the tokenizer does.
        private static func hash(of word: Substring.UTF8View) -> UInt64 {
            var (hash, rest) = (NameHash(), word)
            while !rest.isEmpty {
                hash.add(rest.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) })
                rest = rest.dropFirst(8)
            }
            return hash.value
        }

        private static func hash(wide character: Unicode.Scalar) -> UInt64 {
            var hash = NameHash()
            for byte in String(character).utf8 { hash.add(wide: byte) }
            return hash.value
        }
    }
}
