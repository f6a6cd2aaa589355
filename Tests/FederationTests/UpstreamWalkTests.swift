import Catalogs
import Federation
import ImageModel
import TestKit
import Testing
import Upstreams

@Suite(.timeLimit(.minutes(2)))
struct UpstreamWalkTests {
    private func cloud(_ count: Int, pageSize: Int = 10) -> FakeCloud {
        let cloud = FakeCloud((0..<count).map { FakeCloud.image($0) })
        cloud.change { $0.pageSize = pageSize }
        return cloud
    }

    @Test(
        "Paging goes to the true end, also when the last page is exactly full or empty",
        arguments: [0, 1, 9, 10, 11, 100]
    )
    func trueEnd(count: Int) async throws {
        let cloud = cloud(count)
        let answer = try await Fixture([cloud]).list()
        #expect(answer.page.total == count)
        #expect(answer.isComplete)
    }

    @Test("Paging that leads back to a page already read ends with what was gathered")
    func loop() async throws {
        let cloud = cloud(30)
        cloud.change { $0.next = { offset, _ in .offset(offset >= 20 ? 10 : offset) } }
        let answer = try await Fixture([cloud]).list()
        #expect(answer.upstreams[0].state == .partial)
        #expect(answer.upstreams[0].error?.code == .pagingFault)
        #expect(answer.page.total == 20)
        #expect(cloud.calls < 10)
    }

    @Test(
        "A row that comes again pushes no other one out of the list",
        arguments: [5, 10, 95, 100]
    )
    func repeatedRow(count: Int) async throws {
        let cloud = cloud(count)
        cloud.change { $0.repeatsFirst = true }
        let answer = try await Fixture([cloud]).list()
        #expect(answer.page.total == count)
        #expect(answer.isComplete)
    }

    @Test("A list that grows while it is read is said to change, and misses nothing that lasts")
    func growing() async throws {
        let cloud = cloud(200)
        cloud.change {
            $0.beforePage = { calls, images in
                images.insert(FakeCloud.image(1_000 + calls), at: 0)
            }
        }
        let answer = try await Fixture([cloud], policy: UpstreamPolicy(retries: 0)).list()
        #expect(answer.upstreams[0].error?.code == .markerLost)
        #expect(answer.page.total >= 200)
    }

    @Test("A page without new images ends a list that has all that the upstream says it has")
    func longPage() async throws {
        let cloud = cloud(30, pageSize: 30)
        cloud.change { $0.next = { offset, _ in .offset(offset) } }
        let answer = try await Fixture([cloud]).list()
        #expect(answer.page.total == 30)
        #expect(answer.isComplete)
        #expect(cloud.calls == 2)
    }

    @Test("Pages without end and without new images end at once")
    func endlessPages() async throws {
        let cloud = cloud(10)
        let counter = Tally()
        cloud.change {
            $0.total = 1_000
            $0.next = { _, _ in
                counter.add()
                return .offset(1_000 + counter.count)
            }
        }
        let answer = try await Fixture([cloud]).list()
        #expect(answer.upstreams[0].error?.code == .pagingFault)
        #expect(cloud.calls == 2)
    }

    @Test("A list larger than images_max is cut, says so, and narrower questions are pushed down")
    func tooMany() async throws {
        let cloud = cloud(300)
        let policy = UpstreamPolicy(imagesMax: 120, retries: 0)
        let fixture = try Fixture([cloud], policy: policy)
        let cut = try await fixture.list()
        #expect(cut.page.total == 120)
        #expect(cut.upstreams[0].state == .partial)
        #expect(cut.upstreams[0].error?.code == .tooManyImages)
        let narrow = try await fixture.list {
            $0.query.distributions = ["debian"]
            $0.explains = true
        }
        #expect(narrow.page.total == 100)
        #expect(narrow.isComplete)
        #expect(narrow.upstreams[0].explanation?.pushedDown.first?.values == ["debian"])
    }

    @Test("A list of exactly images_max images is whole, also when its last page is full")
    func exactlyMax() async throws {
        let cloud = cloud(40)
        let ends = Tally()
        cloud.change {
            $0.next = { offset, count in
                if offset < count { return .offset(offset) }
                ends.add()
                return ends.count == 1 ? .offset(count + 1) : nil
            }
        }
        let policy = UpstreamPolicy(imagesMax: 40, retries: 0)
        let answer = try await Fixture([cloud], policy: policy).list()
        #expect(answer.page.total == 40)
        #expect(answer.isComplete)
    }

    @Test(
        "A list that changes while it is read is read again; one that never holds still is partial"
    )
    func changing() async throws {
        let once = cloud(40)
        once.change { $0.beforePage = { call, images in if call == 2 { images.removeFirst() } } }
        let answer = try await Fixture([once]).list()
        #expect(answer.isComplete)
        #expect(answer.page.total == 39)
        #expect(once.walks == 2)
        let restless = cloud(400)
        restless.change { $0.beforePage = { _, images in images.removeFirst() } }
        let partial = try await Fixture([restless]).list()
        #expect(partial.upstreams[0].state == .partial)
        #expect(restless.walks == 3)
    }

    @Test("Retryable failures are tried again with growing pauses, others are not")
    func retries() async throws {
        let cloud = cloud(5)
        cloud.change { $0.failure = UpstreamError(.upstreamFault, "503", isRetryable: true) }
        let fixture = try Fixture([cloud], policy: UpstreamPolicy(retries: 2))
        async let pending = fixture.list()
        for call in 1...2 {
            // One sleeper is the caller's deadline, the other the pause.
            await settle { cloud.calls == call && fixture.time.time.sleeperCount == 2 }
            fixture.time.time.advance(by: .milliseconds(200))
        }
        #expect(try await pending.upstreams[0].error?.code == .upstreamFault)
        #expect(cloud.calls == 3)
        let refused = self.cloud(5)
        refused.change { $0.failure = UpstreamError(.forbidden, "403") }
        _ = try await Fixture([refused], policy: UpstreamPolicy(retries: 2)).list()
        #expect(refused.calls == 1)
    }

    @Test(
        "After failures in a row the upstream is left alone until the breaker lets a probe through"
    )
    func breaker() async throws {
        let cloud = cloud(5)
        cloud.change { $0.failure = UpstreamError(.connectionFailed, "refused", isRetryable: true) }
        let policy = UpstreamPolicy(retries: 0, breakerFailures: 2, breakerOpenFor: .seconds(10))
        let fixture = try Fixture([cloud], policy: policy)
        for _ in 0..<6 {
            _ = try await fixture.list()
            fixture.time.time.advance(by: .milliseconds(1_100))
        }
        #expect(cloud.calls == 2)
        #expect(try await fixture.list().upstreams[0].error?.code == .circuitOpen)
        cloud.change { $0.failure = nil }
        fixture.time.time.advance(by: .seconds(10))
        #expect(try await fixture.list().isComplete)
    }
}
