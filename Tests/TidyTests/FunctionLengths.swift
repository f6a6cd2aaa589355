/// How long the functions of a file are, from the line of the declaration to the closing brace.
struct FunctionLengths {
    struct Function {
        var line: Int
        var lineCount: Int
    }

    private(set) var functions: [Function] = []
    /// Functions whose body is open: the line of the declaration and the brace depth around the body.
    private var open: [(line: Int, depth: Int)] = []
    /// A declaration whose body has not begun; a protocol's never does.
    private var declared: Int?
    private var braceDepth = 0
    private var parenthesisDepth = 0

    init(_ text: SourceText) {
        for (index, line) in text.codeLines.enumerated() {
            if Self.declaresFunction(line) { declared = index + 1 }
            for byte in line.utf8 { read(byte, line: index + 1) }
        }
    }

    private mutating func read(_ byte: UInt8, line: Int) {
        switch byte {
        case UInt8(ascii: "("): parenthesisDepth += 1
        case UInt8(ascii: ")"): parenthesisDepth -= 1
        case UInt8(ascii: "{"):
            if parenthesisDepth == 0, let start = declared {
                open.append((start, braceDepth))
                declared = nil
            }
            braceDepth += 1
        case UInt8(ascii: "}"):
            braceDepth -= 1
            if parenthesisDepth == 0 { declared = nil }
            guard let last = open.last, last.depth == braceDepth else { return }
            open.removeLast()
            functions.append(Function(line: last.line, lineCount: line - last.line + 1))
        default: break
        }
    }

    private static func declaresFunction(_ line: String) -> Bool {
        let words = line.split { $0 == " " || $0 == "(" || $0 == "<" }
        guard let index = words.firstIndex(where: { keywords.contains($0) }) else { return false }
        return words[..<index].allSatisfy { modifiers.contains($0) || $0.hasPrefix("@") }
    }

    private static let keywords: Set<Substring> = [
        "func", "init", "init?", "deinit", "subscript",
    ]
    private static let modifiers: Set<Substring> = [
        "public", "package", "internal", "fileprivate", "private", "static", "class", "final",
        "mutating", "nonmutating", "consuming", "borrowing", "override", "required", "convenience",
        "nonisolated", "isolated", "prefix", "postfix", "infix", "indirect",
    ]
}
