import Testing

@testable import Providers

@Suite("Disk sizes")
struct DiskSizeTests {
    @Test(
        "Sizes read as whole GB, rounded up",
        arguments: [
            ("30", 30), ("480GB", 480), ("480 gb", 480), ("480G", 480), ("480GiB", 480),
            ("1.92TB", 1_920), ("2T", 2_000), ("1TiB", 1_024), ("512MB", 1), ("1500MB", 2),
            ("2048 MiB", 2), ("30.0", 30), ("0.5", 1), (" 40 ", 40),
            ("999999999.9999TB", 1_000_000_000_000),
        ]
    )
    func sizes(text: String, gigabytes: Int) {
        #expect(DiskSize.gigabytes(text) == gigabytes)
    }

    @Test(
        "Anything else is no size",
        arguments: [
            "", "GB", "0", "0GB", "-1", "1e3", "1..2", "1.", ".5", "1.23456", "9999999999", "30 XB",
            "30GB extra", "三十", "1,5",
        ]
    )
    func others(text: String) {
        #expect(DiskSize.gigabytes(text) == nil)
    }
}
