/// A snapshot as bytes that outlive the process, read by the same format's next start.
///
/// Shape, all numbers little-endian, an array being its element count (8 bytes) and its elements:
///
/// | bytes | what |
/// |---|---|
/// | 8 | `imgwlist` |
/// | 4, 4 | `0x01020304`, by which a foreign byte order shows, and the version of the format |
/// | 8 | hash of the closed vocabularies: their words are stored by number |
/// | 16, 32 | salt, and what the owner made of it and of the upstream's configuration |
/// | 8 | 1: the list was cut at the operator's bound; 0: it is whole |
/// | 2 × 40 | stamps: when the list was last seen to be this one; the valid one of the higher number counts |
/// | … | upstream's id, counts, fingerprints, then the columns, tables and compressed raw objects |
/// | 16 | `StableHash` of everything before it, the stamps apart |
///
/// A stamp has a check of its own, so that it can be renewed in place, the older of the two each time:
/// whatever moment the process dies at, one of them is good.
///
/// Texts are those of images; no credential is ever in one. The hash finds accidents. Somebody who computes
/// it for bytes of his own can make rows say anything, and nothing trap: every count, offset and number is
/// checked before it is used.
public struct StoredSnapshot: Sendable {
    public let snapshot: Snapshot
    public let label: SnapshotLabel
    public let stamp: SnapshotStamp

    static let magic: [UInt8] = Array("imgwlist".utf8)
    static let byteOrder: UInt32 = 0x0102_0304
    /// Goes up whenever a reader of the old format would misread the new one.
    static let version: UInt32 = 1
    /// Where the first stamp stands.
    static let stampOffset = 80

    /// Writes a snapshot, in order, in pieces of any length. Fails as the target does, and with `unsupported`
    /// for a snapshot that no upstream lists, or one with an object larger than a reader accepts.
    public static func write(
        _ snapshot: Snapshot,
        label: SnapshotLabel,
        stamp: SnapshotStamp,
        to target: any SnapshotTarget
    ) throws(SnapshotFileError) {
        var output = SnapshotOutput(target)
        output.bytes(magic)
        output.word(UInt64(version) << 32 | UInt64(byteOrder))
        output.word(ClosedWords.vocabulary)
        output.bytes(label.salt)
        output.bytes(label.identity)
        output.word(label.isCut ? 1 : 0)
        output.unhashed(stamp.bytes(salt: label.salt))
        output.unhashed([UInt8](repeating: 0, count: SnapshotStamp.byteCount))
        try snapshot.write(to: &output)
        try output.finish()
    }

    /// Reads what `write` wrote. `identity` makes of the salt what the label must have.
    ///
    /// Fails with `truncated`, `foreign`, `version`, `configuration` or `damaged`; whatever the bytes are it
    /// does not trap, and holds no more memory than a small multiple of them.
    public static func read(
        from source: any SnapshotSource,
        upstream: String,
        identity: (_ salt: [UInt8]) -> [UInt8]
    ) throws(SnapshotFileError) -> StoredSnapshot {
        var input = SnapshotInput(source)
        let label = try readLabel(&input, identity)
        let stamp = try readStamp(&input, salt: label.salt)
        let snapshot = try Snapshot(reading: &input, upstream: upstream)
        try input.finish()
        return StoredSnapshot(snapshot: snapshot, label: label, stamp: stamp)
    }

    private static func readLabel(
        _ input: inout SnapshotInput,
        _ identity: (_ salt: [UInt8]) -> [UInt8]
    ) throws(SnapshotFileError) -> SnapshotLabel {
        guard try input.bytes(magic.count) == magic else {
            throw SnapshotFileError(.foreign, "it is no stored list")
        }
        guard try input.word() == UInt64(version) << 32 | UInt64(byteOrder),
            try input.word() == ClosedWords.vocabulary
        else {
            throw SnapshotFileError(.version, "another version wrote it")
        }
        let salt = try input.bytes(SnapshotLabel.saltByteCount)
        let stored = try input.bytes(SnapshotLabel.identityByteCount)
        guard stored == identity(salt) else {
            throw SnapshotFileError(
                .configuration,
                "it was read with another endpoint, region or credentials, or is damaged"
            )
        }
        let isCut = try input.word()
        guard isCut < 2 else { throw .damaged("head") }
        return SnapshotLabel(salt: salt, identity: stored, isCut: isCut == 1)
    }

    private static func readStamp(
        _ input: inout SnapshotInput,
        salt: [UInt8]
    ) throws(SnapshotFileError) -> SnapshotStamp {
        let bytes = try input.unhashed(SnapshotStamp.byteCount * 2)
        let stamps = [bytes.prefix(SnapshotStamp.byteCount), bytes.suffix(SnapshotStamp.byteCount)]
        let valid = stamps.compactMap { SnapshotStamp($0, salt: salt) }
        guard let newest = valid.max(by: { $0.number < $1.number }) else {
            throw .damaged("stamps")
        }
        return newest
    }
}

/// What a stored snapshot says of itself beside its rows.
public struct SnapshotLabel: Sendable, Hashable {
    public static let saltByteCount = 16
    public static let identityByteCount = 32

    /// Random, `saltByteCount` bytes.
    public let salt: [UInt8]
    /// A digest of the upstream's configuration and the salt, `identityByteCount` bytes.
    public let identity: [UInt8]
    /// Whether the list ended at the operator's bound.
    public let isCut: Bool

    public init(salt: [UInt8], identity: [UInt8], isCut: Bool) {
        precondition(
            salt.count == Self.saltByteCount && identity.count == Self.identityByteCount,
            "a label has a salt of 16 and an identity of 32 bytes"
        )
        self.salt = salt
        self.identity = identity
        self.isCut = isCut
    }
}
