internal import ImageModel
internal import JSONText

/// What is learned from pages; nothing that is read depends on it.
struct PageMemory: ~Copyable, Sendable {
    var systems = OperatingSystemReader()
    /// Of the objects of the list.
    var keys = KeyOrder()
    var texts = KnownTexts()
}
