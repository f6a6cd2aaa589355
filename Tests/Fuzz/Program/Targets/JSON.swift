import TestKit

@testable import JSONText

extension FuzzTarget {
    /// A JSON text. Reading and skipping it agree, UTF-8 is what the standard library says it is, behind a text that is
    /// nearly the same too, and what was read and written again reads equal.
    static let json = FuzzTarget(name: "json", byteCountMax: 256, seeds: { jsonSeeds }) { bytes in
        hold(
            UTF8Check.isValid(bytes.span) == (String(validating: bytes, as: UTF8.self) != nil),
            "UTF-8"
        )
        holdChanged(bytes)
        let value = try? JSONValue(parsing: bytes, limits: limits)
        hold((value != nil) == isSkipped(bytes), "read \(value != nil)")
        guard let value else { return }
        var writer = JSONWriter()
        value.write(to: &writer)
        hold((try? JSONValue(parsing: writer.bytes, limits: limits)) == value, "written anew")
    }

    private static let limits = JSONLimits(depthMax: 16)

    /// A text that differs from well-formed UTF-8 in one place is judged as if that were not known. The text's own bytes
    /// say where it differs and how.
    private static func holdChanged(_ bytes: [UInt8]) {
        guard bytes.count > 2, UTF8Check.isValid(bytes.span) else { return }
        let place = Int(bytes[0]) % bytes.count
        let byte = bytes[bytes.count - 1] ^ bytes[1] << 4
        var changed = [bytes, bytes, bytes]
        changed[0][place] = byte
        changed[1].insert(byte, at: place)
        changed[2].removeSubrange(place..<min(bytes.count, place + 1 + Int(bytes[1] & 3)))
        for text in changed {
            let isRead = (try? JSONReader(text, after: bytes).offset) != nil
            hold(isRead == (String(validating: text, as: UTF8.self) != nil), "UTF-8 behind a text")
        }
    }

    private static func isSkipped(_ bytes: [UInt8]) -> Bool {
        guard var reader = try? JSONReader(bytes, limits: limits),
            let range = try? reader.skipValue(), (try? reader.finish()) != nil
        else { return false }
        hold(range.upperBound <= bytes.count, "\(range)")
        return true
    }

    private static var jsonSeeds: [[UInt8]] {
        let fixtures = PackageFiles.contents(
            below: "Tests/ProvidersTests/Fixtures",
            endingIn: ".json"
        )
        let texts = [
            #"{"a":[1,-2.5e+3,true,false,null,"x\n\u00e9\ud83d\ude00/"],"":{"k":{}},"公":"镜像"}"#,
            #"["\u0000\ud800\udc00\ud800","é€😀",1E400,-0,0.1,123456789012345678901]"#,
            String(repeating: "[", count: 17), "{\"a\":{\"a\":{\"a\":[[[{}]]]}}}", "nul", "1.",
        ]
        return texts.map { Array($0.utf8) } + fixtures.map { Array($0.prefix(256)) }
    }
}
