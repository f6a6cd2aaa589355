internal import Catalogs
internal import GatewayAPI
internal import JSONText

/// Writes pages to standard output in the form asked for, each as it comes.
struct AnswerWriter {
    private let options: QueryOptions
    /// Whether the first page is the whole answer.
    private let isAlone: Bool
    private(set) var imageCount = 0
    private var table: TableWriter
    private let columns: [ImageColumn]

    init(_ options: QueryOptions, isAlone: Bool) {
        self.options = options
        self.isAlone = isAlone
        table = TableWriter(options.fields.map(ImageColumn.table) ?? ImageColumn.overview)
        let everything = FieldSelection.Member.allCases.filter { $0 != .raw }
        columns = ImageColumn.records(options.fields ?? everything)
    }

    mutating func write(_ page: AnswerPage) throws(QueryFailure) {
        defer { imageCount += page.imageCount }
        switch options.output {
        case .table:
            for index in 0..<page.imageCount { try table.add(page.image(index)) }
        case .csv: try writeRecords(page)
        case .ids: try writeIDs(page)
        case .json where isAlone: break
        case .json: try writeImages(page)
        }
    }

    /// `page` is the last one.
    mutating func finish(_ page: AnswerPage) throws(QueryFailure) {
        switch options.output {
        case .table: try table.finish(page)
        case .csv, .ids: break
        case .json where isAlone: try StandardOutput.write(page.bytes + [0x0A])
        case .json:
            var writer = JSONWriter()
            JSONValue.object(page.members).write(to: &writer)
            try StandardOutput.write(Array("],".utf8) + writer.bytes.dropFirst() + [0x0A])
        }
    }

    private func writeRecords(_ page: AnswerPage) throws(QueryFailure) {
        var text = imageCount == 0 ? CSVText.line(columns.map(\.table.title)) : ""
        for index in 0..<page.imageCount {
            let image = page.image(index)
            text += CSVText.line(columns.map { $0.exact(image) })
        }
        try StandardOutput.write(Array(text.utf8))
    }

    private func writeIDs(_ page: AnswerPage) throws(QueryFailure) {
        let ids = (0..<page.imageCount).compactMap { page.image($0)["id"]?.stringValue }
        let lines = ids.map { (Terminal.isOutputTerminal ? CellText.visible($0) : $0) + "\n" }
        try StandardOutput.write(Array(lines.joined().utf8))
    }

    /// The head of one merged object before the first image, commas between the others.
    private func writeImages(_ page: AnswerPage) throws(QueryFailure) {
        var bytes = imageCount == 0 ? Array("{\"images\":[".utf8) : []
        for index in 0..<page.imageCount {
            if imageCount + index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes += page.imageBytes(index)
        }
        try StandardOutput.write(bytes)
    }
}
