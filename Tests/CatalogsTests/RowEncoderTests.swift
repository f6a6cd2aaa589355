import CatalogOracle
import Catalogs
import ImageModel
import JSONText
import TestKit
import Testing

struct RowEncoderTests {
    @Test("A row has every member in the API's order, null where nothing is known")
    func members() {
        let image = Image(provider: "gmi", region: "eu", nativeID: "1", name: "Name")
        let row = Catalog([("up", [image])]).row(id: "gmi:eu:1", fields: .all) ?? []
        let expected = #"""
            {"id":"gmi:eu:1","provider":"gmi","region":"eu","native_id":"1","name":"Name",
            "description":null,"os":{"family":"unknown","distribution":null,"version":null,
            "label":null},"architecture":"unknown","visibility":null,"status":null,"boot_mode":null,
            "size_bytes":null,"min_disk_gb":null,"min_ram_mb":null,"created_at":null,
            "updated_at":null,"tags":[],"sources":["up"]}
            """#
        #expect(String(decoding: row, as: UTF8.self) == expected.filter { $0 != "\n" })
    }

    @Test("A selection writes its members and the id, in the API's order")
    func selection() throws {
        var image = Image(provider: "gmi", region: "eu", nativeID: "1", name: "Name")
        image.raw = Array(#"{"a":[1]}"#.utf8)
        let fields = try FieldSelection(parsing: "raw, sources,name")
        let row = Catalog([("up", [image])]).row(id: "gmi:eu:1", fields: fields) ?? []
        let expected = #"{"id":"gmi:eu:1","name":"Name","sources":["up"],"raw":{"a":[1]}}"#
        #expect(String(decoding: row, as: UTF8.self) == expected)
    }

    @Test("Unknown members of a selection are all named")
    func unknownMembers() {
        #expect(throws: FieldSelection.UnknownMembers(names: ["nmae", ""])) {
            try FieldSelection(parsing: "name,nmae,")
        }
    }

    @Test("Encoded rows parse and say what the image says", arguments: UInt64(0)..<8)
    func parses(seed: UInt64) throws {
        var generator = SplitMix(seed: seed)
        let lists = RandomImages.lists(&generator)
        let naive = NaiveCatalog(lists)
        let fields = FieldSelection(Set(FieldSelection.Member.allCases))
        let page = Catalog(lists).evaluate(CatalogRequest(limit: 1000, fields: fields))
        let rows = try JSONValue(parsing: [0x5B] + page.rows + [0x5D]).arrayValue ?? []
        let expected = naive.matches(CatalogRequest()).map { naive.entries[$0] }
        #expect(rows.count == expected.count)
        for (row, entry) in zip(rows, expected) { try expect(row, equals: entry) }
    }

    private func expect(_ row: JSONValue, equals entry: NaiveCatalog.Entry) throws {
        let image = entry.image
        #expect(row.objectValue?.map(\.key) == FieldSelection.Member.allCases.map(\.rawValue))
        #expect(row["id"]?.stringValue == image.id)
        #expect(row["provider"]?.stringValue == image.provider)
        #expect(row["region"]?.stringValue == image.region)
        #expect(row["native_id"]?.stringValue == image.nativeID)
        #expect(row["name"]?.stringValue == image.name)
        #expect(row["description"]?.stringValue == image.description)
        #expect(row["os"]?["family"]?.stringValue == image.os.family.rawValue)
        #expect(row["os"]?["distribution"]?.stringValue == image.os.distribution)
        #expect(row["os"]?["version"]?.stringValue == image.os.version)
        #expect(row["os"]?["label"]?.stringValue == image.os.label)
        #expect(row["architecture"]?.stringValue == image.architecture.rawValue)
        #expect(row["visibility"]?.stringValue == image.visibility?.rawValue)
        #expect(row["status"]?.stringValue == image.status?.rawValue)
        #expect(row["boot_mode"]?.stringValue == image.bootMode?.rawValue)
        #expect(row["size_bytes"]?.integerValue == image.sizeBytes.map { Int($0) })
        #expect(row["min_disk_gb"]?.integerValue == image.minDiskGB)
        #expect(row["min_ram_mb"]?.integerValue == image.minRAMMB)
        #expect(row["created_at"]?.stringValue == image.createdAt?.rfc3339)
        #expect(row["updated_at"]?.stringValue == image.updatedAt?.rfc3339)
        #expect(row["tags"]?.arrayValue?.compactMap(\.stringValue) == image.tags)
        #expect(row["sources"]?.arrayValue?.compactMap(\.stringValue) == entry.sources)
        let raw = image.raw.isEmpty ? JSONValue.null : try JSONValue(parsing: image.raw)
        #expect(row["raw"] == raw)
    }
}
