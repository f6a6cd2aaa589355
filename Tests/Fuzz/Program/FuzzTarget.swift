/// One parser under mutated bytes, with what must hold of each input beside that nothing traps.
struct FuzzTarget: Sendable {
    var name: String
    /// Longest input. Small ones are quick, and the parsers' own limits are lowered to be within reach.
    var byteCountMax: Int
    /// Inputs to begin with: fixtures, examples, cases of the tests.
    var seeds: @Sendable () -> [[UInt8]]
    /// Ends the process where a property does not hold.
    var check: @Sendable ([UInt8]) -> Void

    static let all: [FuzzTarget] =
        [.requestHeads, .chunkedBodies, .json, .queries, .cursors, .configurations]
        + [.dates, .measures, .requestFields, .systemNames, .sessions]
        + [.storedSnapshots, .tokens, .keySets, .faultFiles] + pages
}

/// Ends the process, which libFuzzer reports with the input that led here.
func hold(
    _ condition: Bool,
    _ sentence: @autoclosure () -> String,
    line: UInt = #line,
    file: StaticString = #fileID
) {
    if !condition { fatalError("does not hold: \(sentence())", file: file, line: line) }
}

extension [UInt8] {
    /// Where to cut these bytes: anywhere, but always there.
    var cut: Int {
        guard !isEmpty else { return 0 }
        var mixed: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in self { mixed = (mixed ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return Int(mixed >> 16) % count
    }

    var text: String { String(decoding: self, as: UTF8.self) }
}
