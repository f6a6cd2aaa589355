/// A draft behind one reference. It has some sixty of its own, which every copy of a builder and every snapshot
/// would count; copies share it until one of them changes it.
struct SharedDraft: Sendable {
    private var box: Box

    // Invariant: a box is changed only through the one reference to it that there is; `value` sees to that.
    private final class Box: @unchecked Sendable {
        @exclusivity(unchecked) var draft: SnapshotDraft

        init(_ draft: consuming SnapshotDraft) {
            self.draft = draft
        }
    }

    init(_ draft: consuming SnapshotDraft) {
        box = Box(draft)
    }

    var value: SnapshotDraft {
        _read { yield box.draft }
        _modify {
            if !isKnownUniquelyReferenced(&box) { box = Box(box.draft) }
            yield &box.draft
        }
    }
}
