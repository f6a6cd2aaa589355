import HTTPWire
import JSONText
import Testing

@testable import ProviderSimulators

/// Every variation that the fact sheets name occurs among a thousand rows.
@Suite struct VariationTests {
    private func text<Row: ProviderImage>(
        _ row: Row.Type,
        _ write: (Row, inout JSONWriter) -> Void
    ) -> String {
        let edition = Edition(provider: Row.provider, count: 1000, seed: 1)
        var writer = JSONWriter()
        writer.array { writer in
            for serial in 0..<1000 { write(Row(serial: serial, in: edition), &writer) }
        }
        return writer.text
    }

    private func expect(_ text: String, _ parts: [String]) {
        for part in parts { #expect(text.contains(part), "\(part)") }
    }

    @Test("Aries: both date forms, free text, nothing in three ways, members of a newer server")
    func aries() {
        let text = text(AriesImage.self) { $0.write(to: &$1) }
        expect(
            text,
            [
                "+08:00", "Z\"", #""os_type":"""#, #""os_type":"Windows Server""#, "IKuai", "中文版",
                #""description":null"#, #""description":"""#, "可用", "os_architecture", "vhdx",
                "\\n",
            ]
        )
        #expect(!text.contains("source_path"))
    }

    @Test("Zenlayer: sizes as texts and numbers, both spellings of the draft, every state")
    func zenlayer() {
        let published = text(ZenlayerImage.self) { $0.write(to: &$1) }
        expect(
            published,
            [
                #""imageSize":"30""#, #""imageSize":30"#, #""imageSize":null"#,
                #""imageDescription":null"#,
                "CREATING", "UNAVAILABLE", "FAILED", "DELETING", #""category":"centos""#, "OTHERS",
                "业务基线",
            ]
        )
        #expect(!published.contains("createTime") && !published.contains("regionId"))
        let draft = text(ZenlayerImage.self) { $0.writeAsDraft(to: &$1) }
        expect(
            draft,
            [#""type":"linux""#, #""osType":"linux""#, #""version":"#, "createTime", "regionId"]
        )
    }

    @Test("Huawei: texts for booleans in both cases, nulls, unfinished and withdrawn images")
    func huawei() {
        let text = text(HuaweiImage.self) { $0.write(to: &$1, isNative: true) }
        expect(
            text,
            [
                #""__lazyloading":"True""#, #""__lazyloading":"false""#, #""virtual_size":null"#,
                "queued",
                "killed", "saving", "pending_delete", #""__is_offshelved":"true""#, "DataImage",
                #""size":null"#, "team.web", "env=prod", #"["gpu"]"#, "Red Hat", "RedHat", "uefi",
                "__image_size",
                #""__system_support_market":true"#, #""__support_arm":"true""#, "with ARM",
                "max_ram",
            ]
        )
    }

    @Test("Tencent: epoch zero, nulls, contradicting members and the older spelling")
    func tencent() {
        let today = text(TencentImage.self) { $0.write(to: &$1) }
        expect(
            today,
            [
                "1970-01-01T00:00:00Z", #""CreatedTime":null"#, #""SyncPercent":null"#,
                #""Tags":null"#,
                #""Tags":[]"#, #""SnapshotSet":null"#, #""ImageDeprecated":true"#, "64位", "32位",
                #""Architecture":"arm""#, "CREATEFAILED", "IMPORTING", #""ImageDescription":"""#,
            ]
        )
        let older = text(TencentImage.self) { $0.writeOf2017(to: &$1) }
        expect(older, ["1970-01-01T00:00:00+00:00", "centos6.6x86_32", #""Creator":"PUBLIC""#])
        #expect(!older.contains("OsName\":\"CentOS 7.6 64bit"))
    }

    @Test("GMI: null lists, wrong kinds, disks in many units, dates with offsets")
    func gmi() {
        expect(
            text(GMIImage.self) { $0.write(to: &$1) },
            [
                #""supportedProducts":null"#, #""supportedProducts":[]"#,
                #""DefaultPartitionTable":null"#,
                #""DefaultPartitionTable":{}"#, #""480GB""#, #""480""#, #""1.92TB""#, "+08:00",
                "-07:00",
                #""BootMode":null"#, "Legacy", "Customized", "aarch64",
            ]
        )
    }

    @Test("Dates are written as the calendar has them")
    func dates() {
        #expect(CalendarText.utc(951_782_400_000_000) == "2000-02-29T00:00:00Z")
        #expect(CalendarText.exact(1_767_225_599_120_000) == "2025-12-31T23:59:59.12Z")
        #expect(CalendarText.exact(0) == "1970-01-01T00:00:00Z")
        let zoned = CalendarText.fractional(1_767_225_599_000_001, offsetMinutes: 480, finer: "7")
        #expect(zoned == "2026-01-01T07:59:59.0000017+08:00")
        #expect(CalendarText.microseconds("20260115T083000Z") == 1_768_465_800_000_000)
        #expect(CalendarText.microseconds("2026-13-15T08:30:00Z") == nil)
        for day in stride(from: Int64(0), to: 30_000, by: 7) {
            let instant = day * 86_400_000_000 + 3_723_000_000
            #expect(CalendarText.microseconds(CalendarText.utc(instant)) == instant)
        }
    }

    @Test("Creation never goes back from one row to the next")
    func order() {
        for count in [1, 10, 5000] {
            let edition = Edition(provider: .gmi, count: count, seed: 3)
            let dates = (0..<count + 20).map(edition.created)
            #expect(dates == dates.sorted())
        }
    }
}
