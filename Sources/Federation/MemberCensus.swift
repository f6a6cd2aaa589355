internal import JSONText

/// Which members an upstream's objects have, by samples: what all of them had and none has any more has vanished,
/// which an adapter cannot tell from a value that is not there.
struct MemberCensus: Sendable, Hashable {
    /// In every object that was looked at.
    private(set) var always: Set<String> = []
    /// In at least one.
    private(set) var seen: Set<String> = []
    private(set) var sampleCount = 0

    /// Objects looked at on one page, and in one walk.
    static let samplesOfPageMax = 4
    static let samplesOfWalkMax = 64
    /// Objects that must have had a member before its absence means something.
    static let historyMin = 16
    /// Objects that must lack it.
    static let absenceMin = 2
    /// Names of one object that are looked at, and their bytes.
    private static let namesMax = 128
    private static let nameBytesMax = 48
    /// Between two censuses of one upstream: drift is a matter of days, and looking has its price.
    static let pause = Duration.seconds(10)

    var isFull: Bool { sampleCount >= Self.samplesOfWalkMax }

    /// Looks at some of a page's objects, spread evenly; `raw` yields one as the provider wrote it.
    mutating func note(_ count: Int, _ raw: (Int) -> [UInt8]) {
        let samples = min(count, Self.samplesOfPageMax)
        for sample in 0..<samples where !isFull {
            note(raw(sample * (count - 1) / max(1, samples - 1)))
        }
    }

    /// An object that cannot be read counts for nothing.
    mutating func note(_ object: [UInt8]) {
        guard let names = try? Self.names(of: object), !names.isEmpty else { return }
        always = sampleCount == 0 ? names : always.intersection(names)
        seen.formUnion(names)
        sampleCount += 1
    }

    /// Takes over a later census of the same upstream and tells what has vanished, in order. What has is
    /// told once: the census begins anew with the later one.
    mutating func advance(to later: MemberCensus) -> [String] {
        guard later.sampleCount > 0 else { return [] }
        let isTelling =
            sampleCount >= Self.historyMin && later.sampleCount >= Self.absenceMin
        let vanished = isTelling ? always.subtracting(later.seen).sorted() : []
        guard sampleCount > 0, vanished.isEmpty else {
            self = later
            return vanished
        }
        always.formIntersection(later.always)
        seen.formUnion(later.seen)
        if seen.count > Self.namesMax { seen = later.seen }
        sampleCount = min(sampleCount + later.sampleCount, Self.samplesOfWalkMax)
        return []
    }

    private static func names(of object: [UInt8]) throws(JSONError) -> Set<String> {
        var reader = try JSONReader(object)
        var names: Set<String> = []
        try reader.beginObject()
        while let _ = try reader.nextKey() {
            let name = reader.keyText
            if names.count < namesMax, name.utf8.count <= nameBytesMax, isWord(name) {
                names.insert(name)
            }
            try reader.skipValue()
        }
        return names
    }

    /// Names become words of reports: others are the provider's own affair.
    private static func isWord(_ name: String) -> Bool {
        !name.isEmpty
            && name.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
                    || [UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: ".")].contains(byte)
            }
    }
}
