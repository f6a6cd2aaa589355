/// One row of the table: what is measured, and what must be reached.
struct BenchmarkRow {
    let id: String
    let what: String
    let target: String
    let measure: (Workbench) throws -> Finding
}

/// What a row came to.
struct Finding {
    /// The figure that is held against the target, with its unit.
    var measured: String
    var isReached: Bool
    /// The same figure and its companions as numbers, for `--json` and for the thresholds.
    var figures: [Figure] = []
    /// Others who did the same work in the same run.
    var peers: [Peer] = []
    /// What a reader must know to judge the figure.
    var note: String?

    struct Figure {
        let name: String
        let value: Double
        let unit: String
    }

    struct Peer {
        let name: String
        let measured: String
        /// Ours divided by theirs; less is better.
        let ratio: Double
    }
}

extension Finding {
    /// The finding with how busy others kept the machine meanwhile; said in words where it is much.
    func besides(_ neighbours: Neighbours) -> Finding {
        var finding = self
        let share = neighbours.share
        finding.figures.append(Figure(name: "others", value: share, unit: "of all cores"))
        guard share >= 0.1 else { return finding }
        let words = "others kept \(Int((share * 100).rounded())) % of the machine busy"
        finding.note = [note, words].compactMap(\.self).joined(separator: "; ")
        return finding
    }
}

/// A row that could not be measured here, and why.
struct Unmeasured: Error {
    let reason: String
}

extension BenchmarkRow {
    /// In the order of the table.
    static var all: [BenchmarkRow] {
        [
            HotRow.row, AllocationsRow.row, TwoLoopsRow.row, FilteredPageRow.row, FacetsRow.row,
            SearchRow.row,
            DeepPageRow.row, CatalogLoadRow.row, PlainLoopsRow.row, WarmOverHTTPRow.row,
            ColdRow.row, AddedLatencyRow.row, DecodeRow.row, FirstLoadRow.row,
            ResidentMemoryRow.row, StartRow.row, BinaryRow.row,
        ]
    }
}
