@testable import Configuration

extension FuzzTarget {
    /// Durations, sizes, addresses and origins. What is read has one plain spelling that reads the same; what
    /// is not says why in a bounded sentence.
    static let measures = FuzzTarget(
        name: "measures",
        byteCountMax: 96,
        seeds: { measureSeeds.map { Array($0.utf8) } }
    ) { bytes in
        let text = bytes.text
        read { () throws(TextComplaint) in
            let duration = try DurationText.parse(text)
            hold(duration >= .zero, "\(duration)")
            let plain = DurationText.text(of: duration)
            hold((try? DurationText.parse(plain)) == duration, "written as \(plain)")
        }
        read { () throws(TextComplaint) in
            let size = try SizeText.parse(text)
            hold((try? SizeText.parse(SizeText.text(of: size))) == size, "\(size)")
        }
        read { () throws(TextComplaint) in
            let address = try ListenAddress(text)
            hold((try? ListenAddress("\(address)")) == address, "\(address)")
        }
        read { () throws(TextComplaint) in
            let origin = try OriginText(text, as: .endpoint)
            let again = try? OriginText(origin.text, as: .endpoint)
            hold(again?.text == origin.text, origin.text)
        }
    }

    private static func read(_ body: () throws(TextComplaint) -> Void) {
        do throws(TextComplaint) {
            try body()
        } catch {
            hold(!error.message.isEmpty && error.description.utf8.count < 1_024, "\(error)")
        }
    }

    private static let measureSeeds = [
        "1500ms", "10m", "2d", "64MiB", "1GB", "9223372036854775807B", "1h30m", "1.5s", "10 min",
        "127.0.0.1:8080", "[::1]:0", "[2001:db8::192.0.2.1]:65535", ":8080", "host.example:1",
        "https://ims.example:443/v2/", "http://[::1]:80", "HTTPS://A.example", "http://a:b@c/",
    ]
}
