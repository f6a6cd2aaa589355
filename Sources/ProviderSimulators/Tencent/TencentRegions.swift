/// Region names that are accepted; every region lists the same images.
enum TencentRegions {
    private static let names: Set<String> = [
        "ap-guangzhou", "ap-shanghai", "ap-beijing", "ap-nanjing", "ap-chengdu", "ap-chongqing",
        "ap-hongkong",
        "ap-singapore", "ap-tokyo", "ap-seoul", "ap-bangkok", "ap-jakarta", "ap-mumbai",
        "na-siliconvalley",
        "na-ashburn", "na-toronto", "eu-frankfurt", "sa-saopaulo", "ap-shanghai-fsi",
        "ap-shenzhen-fsi",
    ]
    private static let shortCodesOf2017: Set<String> = ["gz", "sh", "bj", "hk", "ca", "sg"]

    static func check(_ region: String?, is2017: Bool) throws(TencentError) {
        guard let region, !region.isEmpty else { return }
        guard names.contains(region) || is2017 && shortCodesOf2017.contains(region) else {
            throw TencentError("UnsupportedRegion", "The region `\(region)` is not supported.")
        }
    }
}
