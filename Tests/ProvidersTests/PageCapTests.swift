import ImageModel
import Providers
import Testing
import Upstreams

/// Providers whose pages are shorter than asked for.
@Suite("Capped pages")
struct PageCapTests {
    /// A provider with so many images that lists at most `cap` at a time, whatever it is asked for.
    struct Cloud: Sendable, CustomTestStringConvertible {
        var api: String
        var count: Int
        var cap: Int

        var testDescription: String { "\(count) images, \(cap) at a time, \(api)" }

        static let asked = 5

        static let all: [Cloud] = ["published", "draft", "3.0", "2017", "cloudimages"].flatMap {
            api in
            [0, 1, 4, 5, 6, 9, 10, 11, 23].flatMap { count in
                (1...asked).map { Cloud(api: api, count: count, cap: $0) }
            }
        }

        func adapter() throws -> any ProviderAdapter {
            switch api {
            case "published", "draft": try Adapters.zenlayer(api: api, pageSize: Cloud.asked)
            case "cloudimages": try Adapters.huawei(api: api, pageSize: Cloud.asked)
            default: try Adapters.tencent(api: api, pageSize: Cloud.asked)
            }
        }

        func answer(_ request: UpstreamRequest) -> UpstreamResponse {
            switch api {
            case "published", "draft":
                let rows = rows(from: ((figure("pageNum", request) ?? 1) - 1) * cap, id: "imageId")
                let list = api == "draft" ? "images" : "dataSet"
                return UpstreamResponse(
                    200,
                    #"{"response":{"totalCount":\#(count),"\#(list)":[\#(rows)]}}"#
                )
            case "cloudimages":
                let rows = rows(from: figure("marker", request).map { $0 + 1 } ?? 0, id: "id")
                return UpstreamResponse(200, #"{"images":[\#(rows)]}"#)
            default:
                let rows = rows(from: figure("Offset", request) ?? 0, id: "ImageId")
                return UpstreamResponse(
                    200,
                    #"{"Response":{"TotalCount":\#(count),"ImageSet":[\#(rows)]}}"#
                )
            }
        }

        private func rows(from start: Int, id: String) -> String {
            (start..<max(start, min(start + cap, count)))
                .map { #"{"\#(id)":"\#($0)"}"# }.joined(separator: ",")
        }

        /// The number behind that name in the URL or the body.
        private func figure(_ name: String, _ request: UpstreamRequest) -> Int? {
            for (text, sign) in [(request.url, "\(name)="), (request.text, "\"\(name)\":")] {
                let parts = text.split(separator: sign, maxSplits: 1)
                guard parts.count == 2 else { continue }
                return Int(parts[1].prefix { $0.isNumber })
            }
            return nil
        }
    }

    @Test("Every image is listed, once, however few come at a time", arguments: Cloud.all)
    func everyImage(cloud: Cloud) throws {
        let adapter = try cloud.adapter()
        var position: PagePosition? = .first
        var ids: [String] = []
        var calls = 0
        while let place = position, calls <= cloud.count + 1 {
            let request = try adapter.pageRequest(
                at: place,
                pushdown: nil,
                session: nil,
                date: AdapterCase.date
            )
            let page = try adapter.decodePage(cloud.answer(request), at: place)
            ids += page.images.map(\.nativeID)
            position = page.next
            calls += 1
        }
        #expect(ids == (0..<cloud.count).map(String.init))
        #expect(position == nil)
        // Where there is a total, nobody asks beyond it but after a page that is full.
        let pages = max(1, (cloud.count + cloud.cap - 1) / cloud.cap)
        let endsFull = cloud.count > 0 && cloud.count % Cloud.asked == 0 && cloud.cap == Cloud.asked
        let isOneMore = cloud.api == "cloudimages" ? cloud.count > 0 : endsFull
        #expect(calls == (isOneMore ? pages + 1 : pages))
    }
}
