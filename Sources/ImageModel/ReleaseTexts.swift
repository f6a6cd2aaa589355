/// The texts of releases, each made once while it keeps its place: a list names few, each many times.
struct ReleaseTexts {
    private static var slotCount: Int { 256 }

    private var slots: [Slot] = []

    private struct Slot {
        var release: ReleaseNumber
        var text: String
    }

    /// `release.text`
    mutating func text(of release: ReleaseNumber) -> String {
        // Every place starts with what is true.
        if slots.isEmpty {
            let slot = Slot(release: release, text: release.text)
            slots = Array(repeating: slot, count: Self.slotCount)
        }
        let place = (release.major &* 37 &+ (release.minor ?? -1)) & (Self.slotCount - 1)
        if slots[place].release != release {
            slots[place] = Slot(release: release, text: release.text)
        }
        return slots[place].text
    }
}
