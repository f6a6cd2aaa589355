extension RawStore {
    /// Bytes that a block expands to at most: its usual ones and one object as large as an answer may be, and no
    /// more than a thousand for each of its own beyond the first mebibyte, so that few bytes never claim many.
    static func isExpandable(_ block: [UInt8]) -> Bool {
        guard let byteCount = BlockCodec.expandedByteCount(block) else { return false }
        return byteCount <= min(256 << 20, 1 << 20 + block.count << 10)
    }

    /// Writes the blocks as they are. Fails with `unsupported` where a reader would not expand one.
    func write(to output: inout SnapshotOutput) throws(SnapshotFileError) {
        guard closed.allSatisfy(RawStore.isExpandable) else {
            throw SnapshotFileError(
                .unsupported,
                "an object in it is larger than 256 MiB, or nothing but repetition"
            )
        }
        try output.array(starts)
        try output.array(firstObjects)
        output.word(UInt64(openFirst))
        for block in closed { try output.array(block) }
    }

    /// Reads so many objects. Blocks are expanded only when somebody asks for one of their objects, so what is
    /// in them is not looked at here, but that each has room for its objects.
    init(reading input: inout SnapshotInput, count: Int) throws(SnapshotFileError) {
        let starts: [UInt32] = try input.array(count, "raw objects")
        let firstObjects: [UInt32] = try input.array()
        guard let openFirst = Int(exactly: try input.word()), openFirst <= count,
            firstObjects.first ?? 0 == 0, firstObjects.isEmpty == (openFirst == 0),
            starts[openFirst...].allSatisfy({ $0 == 0 })
        else { throw .damaged("raw objects") }
        var closed: [[UInt8]] = []
        for (index, first) in firstObjects.enumerated() {
            let next = index + 1 < firstObjects.count ? Int(firstObjects[index + 1]) : openFirst
            let block: [UInt8] = try input.array()
            guard Int(first) < next, next <= openFirst,
                let byteCount = BlockCodec.expandedByteCount(block),
                RawStore.isExpandable(block),
                RawStore.areAscending(starts[Int(first)..<next], upTo: byteCount)
            else { throw .damaged("raw objects") }
            closed.append(block)
        }
        self.init(
            closed: closed,
            firstObjects: firstObjects,
            openFirst: openFirst,
            starts: starts
        )
    }

    private static func areAscending(_ starts: ArraySlice<UInt32>, upTo end: Int) -> Bool {
        var (last, isAscending): (UInt32, Bool) = (0, starts.first == 0)
        for start in starts {
            isAscending = isAscending && start >= last
            last = start
        }
        return isAscending && Int(last) <= end
    }
}
