import Federation
import HTTPWire
import ImageModel
import Testing
import Upstreams

@testable import GatewayAPI

@Suite("Refusals when too many wait")
struct RefusalTests {
    @Test("Each says at once what the long way says, under a request id of its own")
    func same() async throws {
        let cloud = try SampleCloud(coldRequestsMax: 0)
        let target = "/v1/images?limit=3&q=ubuntu"
        let idLine = /x-request-id: ([0-9a-f-]+)\r\n/
        let response = await cloud.get(target)
        var bytes: [UInt8] = []
        let date = HTTPDate(secondsSince1970: cloud.responder.timekeeper.date.seconds)
        ResponseEncoder(isHead: false, keepsAlive: true, date: date).encode(response, into: &bytes)
        let long = String(decoding: bytes, as: UTF8.self)
        #expect(long.hasPrefix("HTTP/1.1 503 Service Unavailable\r\n"))
        let longID = try #require(long.firstMatch(of: idLine)).1
        var ids: Set<Substring> = [longID]
        for _ in 0..<3 {
            let answer = try #require(try cloud.atOnce(target))
            let id = try #require(answer.firstMatch(of: idLine)).1
            #expect(answer == long.replacing(longID, with: id))
            ids.insert(id)
        }
        #expect(ids.count == 4)
    }

    @Test("With nothing at hand no question is read; else answers are given and mistakes told")
    func unread() async throws {
        let cloud = try SampleCloud(coldRequestsMax: 1)
        let admission = cloud.responder.service.admission
        let wrong = "/v1/images?limit=none"
        try admission.enterCold("somebody")
        #expect(try #require(try cloud.atOnce(wrong)).hasPrefix("HTTP/1.1 503 "))
        admission.leaveCold("somebody", lateness: nil, now: cloud.responder.timekeeper.now)
        #expect(await cloud.get("/v1/images").status == 200)
        try admission.enterCold("somebody")
        #expect(try cloud.atOnce(wrong) == nil)
        #expect(try #require(try cloud.atOnce("/v1/images?limit=2")).hasPrefix("HTTP/1.1 200 "))
        cloud.nodes[1].purge()
        #expect(try cloud.atOnce(wrong) == nil)
        #expect(try #require(try cloud.atOnce("/v1/images?limit=2")).hasPrefix("HTTP/1.1 503 "))
    }
}
