/// One row of a provider's list, generated from its serial number; never stored.
protocol ProviderImage: Sendable {
    static var provider: SimulatedProvider { get }

    init(serial: Int, in edition: Edition)

    static func nativeID(of serial: Int, in edition: Edition) -> String

    /// The serial that an id would have, whether the row exists or not; `nil` for a foreign id.
    static func serial(of nativeID: String, in edition: Edition) -> Int?

    /// What the row means in one of the provider's dialects; `nil` is the usual one.
    func intended(in dialect: String?) -> IntendedImage
}

extension ProviderImage {
    /// The serial of a row that exists now.
    static func liveSerial(of nativeID: String, in edition: Edition) -> Int? {
        guard let serial = serial(of: nativeID, in: edition), edition.isLive(serial),
            Self.nativeID(of: serial, in: edition) == nativeID
        else { return nil }
        return serial
    }
}
