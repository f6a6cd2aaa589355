/// Ids of a query in one provider's own spelling.
enum NativeIDs {
    /// The native ids that can match, without repetition, or `nil` where asking for them could lose an
    /// image: too many, none, or one that does not look like this provider's.
    static func pushable(
        _ ids: [String],
        provider: String,
        region: String,
        countMax: Int,
        isNative: (String) -> Bool
    ) -> [String]? {
        let prefix = "\(provider):\(region):"
        var natives: [String] = []
        for id in ids {
            // A global id of another provider or region cannot match here.
            if id.contains(":"), !id.hasPrefix(prefix) { continue }
            let native = id.hasPrefix(prefix) ? String(id.dropFirst(prefix.count)) : id
            guard isNative(native) else { return nil }
            if !natives.contains(native) { natives.append(native) }
        }
        return (1...countMax).contains(natives.count) ? natives : nil
    }

    /// Letters, digits, `.`, `_` and `-`, at most 64: what every provider's ids are made of.
    static func isWord(_ id: String) -> Bool { ErrorBody.word(id) != nil }
}
