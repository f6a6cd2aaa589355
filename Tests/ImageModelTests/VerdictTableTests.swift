import TestKit
import Testing

@testable import ImageModel

/// How much room the verdicts of a list take.
@Suite struct VerdictTableTests {
    private var random = SplitMix(seed: 5)

    private mutating func name() -> String {
        String((0..<12).map { _ in Character(UnicodeScalar(UInt8(97 + random.next() % 26))) })
    }

    /// The room after so many pages, of which so many images are new each time.
    private mutating func slotCount(pages: Int, newImages: Int) -> Int {
        var table = VerdictTable()
        for _ in 0..<pages {
            for _ in 0..<newImages
            where table.verdict(name: name(), nil, nil, nil, nil, nil, nil) == nil {
                table.keep(Verdict())
            }
            table.pageEnded()
        }
        return table.slotCount
    }

    @Test("A list of which a few images change for ever needs no more room")
    mutating func steady() {
        #expect(slotCount(pages: 5_000, newImages: 8) == 128)
    }

    @Test(
        "A long list has all the room there is, however long its pages are",
        arguments: [100, 1_000]
    )
    mutating func long(images: Int) {
        #expect(slotCount(pages: 40, newImages: images) == 2_048)
    }
}
