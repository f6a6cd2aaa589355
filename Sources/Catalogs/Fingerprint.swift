import ImageModel

/// What an image is, in 64 bits: every member and the provider's own object.
enum Fingerprint {
    static func of(_ image: Image) -> UInt64 {
        var hash = StableHash()
        hash.combine(image.provider)
        hash.combine(image.region)
        hash.combine(image.nativeID)
        hash.combine(image.name)
        hash.combine(image.description)
        hash.combine(image.os.family.rawValue)
        hash.combine(image.os.distribution)
        hash.combine(image.os.version)
        hash.combine(image.os.label)
        hash.combine(image.architecture.rawValue)
        hash.combine(image.visibility?.rawValue)
        hash.combine(image.status?.rawValue)
        hash.combine(image.bootMode?.rawValue)
        hash.combine(image.sizeBytes)
        hash.combine(image.minDiskGB)
        hash.combine(image.minRAMMB)
        hash.combine(image.createdAt?.microseconds)
        hash.combine(image.updatedAt?.microseconds)
        hash.combine(UInt64(image.tags.count))
        for tag in image.tags { hash.combine(tag) }
        hash.combine(image.raw.span)
        return hash.state
    }
}
