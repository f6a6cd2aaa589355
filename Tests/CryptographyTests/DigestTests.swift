import Cryptography
import Testing

@Suite struct DigestTests {
    @Test("SHA-256 and SHA-1 agree with the published vectors")
    func digests() {
        #expect(
            Hex.encode(Digest.sha256.hash(""))
                == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        )
        #expect(Hex.encode(Digest.sha1.hash("abc")) == "a9993e364706816aba3e25717850c26c9cd0d89d")
    }

    @Test("HMAC-SHA-256 agrees with RFC 4231 case 2, also for an empty key")
    func keyedDigests() {
        let tag = Digest.sha256.authenticate(
            "what do ya want for nothing?",
            key: Array("Jefe".utf8)
        )
        #expect(
            Hex.encode(tag) == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        )
        #expect(
            Hex.encode(Digest.sha256.authenticate("", key: []))
                == "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"
        )
    }

    @Test(
        "HMAC hashes a key first that is longer than a block, and no shorter one",
        arguments: [
            (63, "b9f6d3205603dddcfb871b8132f698f2fc3b0cf9765fed0113231d1e6739d728"),
            (64, "84332a7580ed3cf75de83c644c8d2c1c262ad90e0190e5c5ae4b82b2102e8e75"),
            (65, "c62955a96944ff68deabbc0eab6192065c1c55bb8ddee16151ed5337f911eab9"),
            // RFC 4231 case 6.
            (131, "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
        ]
    )
    func keyLengths(count: Int, expected: String) {
        let tag = Digest.sha256.authenticate(
            "Test Using Larger Than Block-Size Key - Hash Key First",
            key: [UInt8](repeating: 0xAA, count: count)
        )
        #expect(Hex.encode(tag) == expected)
    }

    @Test("HMAC-SHA-1 agrees with RFC 2202 case 2")
    func keyedSHA1() {
        let tag = Digest.sha1.authenticate("what do ya want for nothing?", key: Array("Jefe".utf8))
        #expect(Hex.encode(tag) == "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79")
    }
}

@Suite struct SealingKeyTests {
    @Test("A sealed box opens with its key and context alone, and with no bit changed")
    func tampering() throws {
        let key = try #require(SealingKey([UInt8](repeating: 7, count: 32)))
        let other = try #require(SealingKey([UInt8](repeating: 8, count: 32)))
        let message = Array("last row".utf8)
        let box = key.seal(message, context: [1, 2])
        #expect(key.open(box, context: [1, 2]) == message)
        #expect(key.open(box, context: [1, 3]) == nil)
        #expect(other.open(box, context: [1, 2]) == nil)
        for bit in 0..<box.count * 8 {
            var changed = box
            changed[bit / 8] ^= 1 << (bit % 8)
            #expect(key.open(changed, context: [1, 2]) == nil)
        }
        for count in 0..<box.count {
            #expect(key.open(Array(box.prefix(count)), context: [1, 2]) == nil)
        }
    }

    @Test("An empty message seals and opens; a key of another length is refused")
    func edges() throws {
        let key = try #require(SealingKey([UInt8](repeating: 7, count: 32)))
        #expect(key.open(key.seal([], context: []), context: []) == [])
        #expect(SealingKey([1, 2, 3]) == nil)
    }
}

@Suite struct EncodingTests {
    @Test(
        "Base64 and hex come back as they went, for every length up to 70",
        arguments: [Base64.standard, .url]
    )
    func roundTrips(base64: Base64) {
        for count in 0..<70 {
            let bytes = SecureRandom.bytes(count)
            #expect(base64.decode(base64.encode(bytes)) == bytes)
            #expect(Hex.decode(Hex.encode(bytes)) == bytes)
        }
        #expect(Base64.standard.encode(Array("fo".utf8)) == "Zm8=")
        #expect(Base64.url.encode([0xFB, 0xFF]) == "-_8")
    }

    @Test("A second spelling of the same bytes is refused")
    func canonical() {
        #expect(Base64.standard.decode("Zm9=") == nil)
        #expect(Base64.standard.decode("Zm8") == nil)
        #expect(Base64.url.decode("Zh") == nil)
        #expect(Hex.decode("abc") == nil)
    }
}
