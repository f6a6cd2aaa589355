import JSONText

extension SimulatorWorld {
    /// Applies a change in one step and answers with counts and ids.
    func apply(_ change: ImageChange) -> [UInt8] {
        switch change.provider {
        case .aries: apply(change, to: AriesImage.self)
        case .tencentCVM: apply(change, to: TencentImage.self)
        case .zenlayer: apply(change, to: ZenlayerImage.self)
        case .huaweiIMS: apply(change, to: HuaweiImage.self)
        case .gmi: apply(change, to: GMIImage.self)
        }
    }

    private func apply<Row: ProviderImage>(_ change: ImageChange, to row: Row.Type) -> [UInt8] {
        let outcome = self.change(change.provider) { edition in
            var outcome = ImageChangeOutcome()
            if change.add > 0 { outcome.added = Array(edition.add(change.add)) }
            outcome.removed = Self.serials(
                change.remove,
                row,
                edition,
                newest: false,
                &outcome.unknown
            )
            if !outcome.removed.isEmpty { edition.remove(outcome.removed) }
            outcome.touched = Self.serials(
                change.touch,
                row,
                edition,
                newest: true,
                &outcome.unknown
            )
            if !outcome.touched.isEmpty { edition.touch(outcome.touched) }
            outcome.total = edition.count
            return outcome
        }
        let edition = edition(change.provider)
        let ids = { (serials: [Int]) in serials.map { Row.nativeID(of: $0, in: edition) } }
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("provider", change.provider.rawValue)
            writer.member("total", outcome.total)
            writer.member("added", outcome.added.count)
            writer.member("removed", outcome.removed.count)
            writer.member("touched", outcome.touched.count)
            writer.key("ids")
            writer.object { writer in
                writer.member("added", ids(outcome.added))
                writer.member("removed", ids(outcome.removed))
                writer.member("touched", ids(outcome.touched))
            }
            writer.member("unknown", outcome.unknown)
        }
        return writer.bytes
    }

    private static func serials<Row: ProviderImage>(
        _ rows: ImageChange.Rows,
        _ row: Row.Type,
        _ edition: Edition,
        newest: Bool,
        _ unknown: inout [String]
    ) -> [Int] {
        switch rows {
        case .count(0): return []
        case .count(let count):
            let serials = edition.serialsNewestFirst().map(Int.init)
            return newest ? Array(serials.prefix(count)) : Array(serials.suffix(count))
        case .ids(let ids):
            var serials: Set<Int> = []
            for id in ids {
                if let serial = Row.liveSerial(of: id, in: edition) {
                    serials.insert(serial)
                } else {
                    unknown.append(id)
                }
            }
            return serials.sorted()
        }
    }
}
