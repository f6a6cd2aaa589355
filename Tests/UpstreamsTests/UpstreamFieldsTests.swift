import Testing
import Upstreams

@Suite("Header fields of an answer")
struct UpstreamFieldsTests {
    private let all = [
        UpstreamField("Content-Type", "application/json"), UpstreamField("X-Trace", "7"),
        UpstreamField("", "nameless"), UpstreamField("Empty", ""), UpstreamField("x-trace", "8"),
        UpstreamField("Trace", "über"),
    ]

    @Test(
        "The first field of a name is found, whatever its case, and no other's part is taken for it"
    )
    func values() {
        let fields = UpstreamFields(all)
        #expect(fields.value(of: "content-type") == "application/json")
        #expect(fields.value(of: "X-TRACE") == "7")
        #expect(fields.value(of: "trace") == "über")
        #expect(fields.value(of: "empty") == "")
        #expect(fields.value(of: "") == "nameless")
        for name in [
            "content", "type", "content-type ", "json", "x-trace7", "content\u{2d}typ\u{45}x",
        ] {
            #expect(fields.value(of: name) == nil)
        }
        #expect(UpstreamFields().value(of: "") == nil)
    }

    @Test("They come out as they went in")
    func order() {
        #expect(Array(UpstreamFields(all)) == all)
        #expect(UpstreamFields(all).count == all.count)
        #expect(UpstreamFields(all) == UpstreamFields(UpstreamFields(all)))
        #expect(UpstreamFields(all) != UpstreamFields(all.reversed()))
    }

    @Test("Bytes that are no UTF-8 read as U+FFFD")
    func invalid() {
        var fields = UpstreamFields()
        fields.append(name: [0x61].span, value: [0x62, 0xFF].span)
        #expect(fields.value(of: "A") == "b\u{FFFD}")
    }
}
