import ImageModel
import JSONText
import TestKit
import Testing
import Upstreams

/// A page of which most is known reads like the same page read whole.
@Suite struct KnownPageTests {
    private struct Sample {
        var adapter: any ProviderAdapter
        var response: UpstreamResponse
        var page: ListPage
        /// By object of the page.
        var images: [[Image]]

        init(_ adapter: any ProviderAdapter, _ body: [UInt8]) throws {
            self.adapter = adapter
            response = UpstreamResponse(status: 200, body: body)
            page = try adapter.decodePage(response, at: .first)
            images = Sample.images(page, known: [])
        }

        var known: KnownPage { KnownPage(body: response.body, objects: page.objects.map(\.range)) }

        /// The images of each object of a page, known ones taken from `known`.
        static func images(_ page: ListPage, known: [[Image]]) -> [[Image]] {
            var rest = page.images[...]
            return page.objects.map { object in
                switch object.content {
                case .known(let number): return known[number]
                case .images(let count):
                    defer { rest = rest.dropFirst(count) }
                    return Array(rest.prefix(count))
                }
            }
        }

        /// The same page with other objects in its list.
        func body(_ objects: [[UInt8]]) -> [UInt8] {
            let first = page.objects[0].range.lowerBound
            let last = page.objects[page.objects.count - 1].range.upperBound
            let list = Array(objects.joined(separator: [UInt8(ascii: ",")]))
            return Array(response.body[..<first]) + list + Array(response.body[last...])
        }

        var objects: [[UInt8]] { page.objects.map { Array(response.body[$0.range]) } }
    }

    private func samples(_ instance: AdapterCase) throws -> [Sample] {
        let adapter = try instance.adapterForFixtures()
        return try instance.pages.compactMap { name in
            let sample = try Sample(adapter, try Fixtures.read("\(name).json"))
            return sample.page.objects.isEmpty ? nil : sample
        }
    }

    @Test("Every image comes from a noted object", arguments: AdapterCase.dialects)
    func objects(instance: AdapterCase) throws {
        let samples = try samples(instance)
        #expect(!samples.isEmpty)
        for sample in samples {
            #expect(sample.images.flatMap(\.self) == sample.page.images)
            for object in sample.objects { _ = try JSONValue(parsing: object) }
        }
    }

    @Test("Of a page that came again nothing is read", arguments: AdapterCase.dialects)
    func repeated(instance: AdapterCase) throws {
        for sample in try samples(instance) {
            var response = sample.response
            response.known = sample.known
            let page = try sample.adapter.decodePage(response, at: .first)
            #expect(page.images.isEmpty)
            #expect(page.objects.map(\.content) == sample.objects.indices.map { .known($0) })
            #expect(page.total == sample.page.total)
            #expect((page.next == nil) == (sample.page.next == nil))
        }
    }

    @Test("Whatever changed in a list is read, and the rest is what it was", arguments: 0..<8)
    func changed(seed: Int) throws {
        var generator = SplitMix(seed: UInt64(seed))
        for instance in AdapterCase.dialects {
            for sample in try samples(instance) {
                for _ in 0..<4 { try expectSame(sample, &generator) }
            }
        }
    }

    private func expectSame(_ sample: Sample, _ generator: inout SplitMix) throws {
        var objects = sample.objects
        for _ in 0..<1 + generator.next() % 4 { Self.change(&objects, &generator) }
        if objects.isEmpty { return }
        var response = UpstreamResponse(status: 200, body: sample.body(objects))
        let read = Result { try sample.adapter.decodePage(response, at: .first) }
        response.known = sample.known
        guard case .success(let plain) = read else {
            #expect(throws: UpstreamError.self) {
                try sample.adapter.decodePage(response, at: .first)
            }
            return
        }
        let page = try sample.adapter.decodePage(response, at: .first)
        #expect(Sample.images(page, known: sample.images).flatMap(\.self) == plain.images)
        #expect(page.objects.map(\.range) == plain.objects.map(\.range))
        #expect(page.total == plain.total)
        #expect(page.images.count <= plain.images.count)
    }

    private static func change(_ objects: inout [[UInt8]], _ generator: inout SplitMix) {
        guard !objects.isEmpty else { return }
        let index = Int(generator.next() % UInt64(objects.count))
        switch generator.next() % 5 {
        case 0: objects.remove(at: index)
        case 1: objects.insert(objects[index], at: index)
        case 2: objects.swapAt(index, 0)
        // A longer object that begins like the known one, and a shorter one.
        case 3:
            objects[index].insert(
                contentsOf: Array(#","zzz":1"#.utf8),
                at: objects[index].count - 1
            )
        default: objects[index] = Array(#"{"id":"new"}"#.utf8)
        }
    }

    @Test("A list that stands twice in an answer is one list", arguments: AdapterCase.dialects)
    func twice(instance: AdapterCase) throws {
        let texts = [
            "huawei-ims": #"{"images":[{"id":"a"}],"images":[{"id":"b"}],"images":null}"#,
            "tencent-cvm":
                #"{"Response":{"ImageSet":[{"ImageId":"a"}],"ImageSet":[{"ImageId":"b"}]}}"#,
            "zenlayer": #"{"response":{"dataSet":[{"imageId":"a"}],"images":[{"imageId":"b"}]}}"#,
        ]
        guard let text = texts[instance.descriptor.name] else { return }
        let sample = try Sample(instance.adapter(), Array(text.utf8))
        #expect(sample.page.images.map(\.nativeID) == ["a", "b"])
        #expect(sample.images.map(\.count) == [1, 1])
    }

    @Test("A long page notes no objects")
    func long() throws {
        let adapter = try #require(AdapterCase.dialects.first).adapterForFixtures()
        for blanks in [0, 1] {
            let tail = [UInt8](repeating: 0x20, count: KnownPage.byteCountMax - 11 + blanks)
            let body = Array(#"[{"id":"a"}"#.utf8) + tail.dropLast() + Array("]".utf8)
            let response = UpstreamResponse(status: 200, body: body)
            let page = try adapter.decodePage(response, at: .first)
            #expect(page.objects.count == 1 - blanks)
        }
    }
}
