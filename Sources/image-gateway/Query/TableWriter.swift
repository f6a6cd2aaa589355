internal import GatewayAPI
internal import JSONText

/// Writes a table: collects a sample for the layout, then goes on row by row.
struct TableWriter {
    private let columns: [ImageColumn]
    private var sample: [[String]] = []
    private var layout: TableText?

    /// Rows that decide on the layout; a table this long is read by nobody, and waiting for more of it
    /// would cost memory without bound.
    private static let sampleCountMax = 10_000

    init(_ columns: [ImageColumn]) {
        self.columns = columns
    }

    mutating func add(_ image: JSONValue) throws(QueryFailure) {
        let cells = columns.map { $0.cell(image) }
        if let layout { return try Self.print(layout.line(cells)) }
        sample.append(cells)
        if sample.count == Self.sampleCountMax { try flush() }
    }

    /// What is left of the rows, then the facets and explanations of the answer.
    mutating func finish(_ page: AnswerPage) throws(QueryFailure) {
        if layout == nil, !sample.isEmpty { try flush() }
        for line in FacetText.lines(page["facets"]) { try Self.print(line) }
        for upstream in page.upstreams {
            guard let explanation = upstream.explanation else { continue }
            try Self.print(CellText.visible("\(upstream.id): \(Self.text(explanation))"))
        }
    }

    private mutating func flush() throws(QueryFailure) {
        let table = TableText(columns.map(\.table), sample: sample, width: Terminal.width)
        let lines = [Terminal.bold(table.header)] + sample.map(table.line)
        try Self.print(lines.joined(separator: "\n"))
        layout = table
        sample = []
    }

    private static func text(_ value: JSONValue) -> String {
        var writer = JSONWriter()
        value.write(to: &writer)
        return writer.text
    }

    private static func print(_ text: String) throws(QueryFailure) {
        try StandardOutput.write(Array((text + "\n").utf8))
    }
}
