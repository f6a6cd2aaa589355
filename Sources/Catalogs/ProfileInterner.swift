/// Gives equal profiles one number. Neighbours in a list often have the same.
struct ProfileInterner: Sendable {
    private(set) var profiles: [Profile] = []
    private var slots = HashSlots()

    mutating func number(of profile: Profile) -> UInt32 {
        var hash = StableHash()
        withUnsafeBytes(of: profile) { bytes in
            hash.combine(bytes.bindMemory(to: UInt8.self).span)
        }
        if let known = slots.find(hash.word, where: { profiles[$0] == profile }) {
            return UInt32(known)
        }
        slots.insert(hash.word, number: profiles.count)
        profiles.append(profile)
        return UInt32(profiles.count - 1)
    }
}
