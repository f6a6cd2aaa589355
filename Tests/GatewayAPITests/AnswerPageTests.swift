import Catalogs
import GatewayAPI
import JSONText
import Testing

@Suite("AnswerPage")
struct AnswerPageTests {
    private static let text = """
        {"images":[{"id":"a:b:1","name":"x","os":{"family":"linux","distribution":"ubuntu",\
        "version":"22.04","label":"U"},"created_at":"2024-05-06T07:08:09Z","size_bytes":12345678901234567890,\
        "tags":["k=v"]}, {"id":"a:b:2","os":{"family":"linux","distribution":null,"version":null,\
        "label":"Odd OS"}}],"next_cursor":"c","total":7,"complete":false,"upstreams":[\
        {"id":"u1","state":"fresh","matched":7,"error":null},{"id":"u2","state":"failed","matched":0,\
        "error":{"type":"urn:image-gateway:problem:still-loading","detail":"ask \\u001b again"}},\
        {"id":"u3","state":"skipped","matched":0,"error":null}]}
        """

    private func page() throws -> AnswerPage { try AnswerPage(parsing: Array(Self.text.utf8)) }

    @Test("An answer is read whole: images as they stand, the rest as values")
    func reading() throws {
        let page = try page()
        #expect(page.imageCount == 2)
        #expect(page.nextCursor == "c")
        #expect(page.total == 7)
        #expect(!page.isComplete)
        #expect(String(decoding: page.imageBytes(0), as: UTF8.self).hasPrefix("{\"id\":\"a:b:1\""))
        #expect(page.image(1)["id"]?.stringValue == "a:b:2")
        #expect(page.upstreams.map(\.mayBeLoading) == [false, true, false])
    }

    @Test("Any truncated answer and any other document is an error")
    func truncated() {
        let bytes = Array(Self.text.utf8)
        for count in 0..<bytes.count {
            #expect(throws: JSONError.self) { try AnswerPage(parsing: Array(bytes[..<count])) }
        }
        #expect(throws: JSONError.self) {
            try AnswerPage(parsing: Array("{\"title\":\"no\"}".utf8))
        }
        #expect(throws: JSONError.self) { try AnswerPage(parsing: Array("<html>".utf8)) }
    }

    @Test("The report counts who was asked and says who is missing and why, controls made visible")
    func report() throws {
        let lines = AnswerReport(shownCount: 2, page: try page()).lines
        #expect(
            lines == [
                "2 of 7 images, 2 of 3 upstreams, not complete, more with --all",
                "  u2: failed, still loading: ask ␛ again",
            ]
        )
    }

    @Test("Where lists shrank during a walk the report does not say more of fewer")
    func shrunk() throws {
        let page = try page()
        func start(_ shownCount: Int) -> Substring? {
            AnswerReport(shownCount: shownCount, page: page).lines[0].split(separator: ",").first
        }
        #expect(start(7) == "7 of 7 images")
        #expect(start(16) == "16 images (7 by the count of the last page)")
    }

    @Test("Cells are for people, records are exact")
    func columns() throws {
        let page = try page()
        let cells = ImageColumn.overview.map { $0.cell(page.image(0)) }
        #expect(cells == ["x", "ubuntu 22.04", "-", "-", "-", "-", "-", "2024-05-06", "a:b:1"])
        #expect(ImageColumn.overview[1].cell(page.image(1)) == "Odd OS")
        let columns = ImageColumn.records([.id, .os, .sizeBytes, .tags, .name])
        #expect(
            columns.map(\.table.title) == [
                "id", "os_family", "os_distribution", "os_version", "os_label", "size_bytes",
                "tags",
                "name",
            ]
        )
        #expect(
            columns.map { $0.exact(page.image(0)) } == [
                "a:b:1", "linux", "ubuntu", "22.04", "U", "12345678901234567890", "[\"k=v\"]", "x",
            ]
        )
        #expect(columns.last?.exact(page.image(1)) == "")
    }

    @Test("Facets become small tables")
    func facets() throws {
        let facets = try JSONValue(
            parsing: Array("{\"status\":{\"available\":12,\"error\":3}}".utf8)
        )
        #expect(
            FacetText.lines(facets) == [
                "", "STATUS     IMAGES", "available      12", "error           3",
            ]
        )
        #expect(FacetText.lines(nil).isEmpty)
    }
}
