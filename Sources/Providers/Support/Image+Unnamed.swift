internal import ImageModel

extension Image {
    /// An image always has a name to show. Ids that are numbers or random say nothing of the system, so one that stands
    /// in for a name comes last.
    mutating func nameByIDIfUnnamed() {
        if name.isEmpty { name = nativeID }
    }
}
