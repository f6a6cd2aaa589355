import Caching
import Catalogs
import Federation
import ImageModel
import TestKit
import Testing

@Suite struct VanishedMemberTests {
    private func images(_ raw: String) -> [Image] {
        (0..<20).map { index in
            var image = FakeCloud.image(index)
            image.raw = Array(raw.utf8)
            return image
        }
    }

    @Test(
        "A member that leaves the upstream's objects is counted and shown, and the images are kept"
    )
    func vanished() async throws {
        let cloud = FakeCloud(images("{\"id\":1,\"size\":2}"))
        let fixture = try Fixture([cloud])
        let revalidate: (inout ListRequest) -> Void = { request in
            request.demand.mustRevalidate = true
            request.explains = true
        }
        // Four objects are looked at each time.
        for _ in 0..<4 {
            let answer = try await fixture.list(revalidate)
            #expect(answer.upstreams[0].explanation?.drift == [:])
            fixture.time.time.advance(by: .seconds(10))
        }
        cloud.change { $0.images = images("{\"id\":1}") }
        let answer = try await fixture.list(revalidate)
        #expect(answer.page.total == 20)
        #expect(answer.upstreams[0].explanation?.drift == ["vanished:size": 1])
        #expect(fixture.nodes[0].status(now: fixture.time.now).drift == ["vanished:size": 1])
    }
}
