public import ImageModel
public import TestKit

/// Small vocabularies, so that values repeat, ties occur and ids overlap.
public enum RandomImages {
    public static let providers = ["aries", "huawei-ims", "gmi"]
    public static let regions = ["eu", "us:1", "us", "中国"]
    public static let nativeIDs =
        (0..<60).map { "img-\($0 % 7)\($0)" } + ["us:x", "1:Ärger", "X-Ray"]
    public static let names = [
        "Ubuntu 22.04 LTS", "ubuntu 22.04 lts", "CentOS 7.3 64bit", "ÄRGER im Büro",
        "ärger im büro",
        "中文镜像 Ubuntu", "a*b", "a?b", "axb", "", "İstanbul", "Windows \"Server\"\\ 2012\n\u{1}",
        "debian-12-amd64-20240101",
    ]
    public static let descriptions = [
        "", "Long text about UBUNTU servers", "Büro-Image", "x\ty", "官方",
    ]
    public static let distributions = ["ubuntu", "centos", "windows-server", "debian", "Odd"]
    public static let versions = [
        "7", "7.9", "70", "10", "22.04", "22.04.1", "2012", "2012-r2", "20.03", "20.03-sp3", "007",
    ]
    public static let labels = ["Ubuntu 22.04", "CentOS 7.3 64bit", "WINDOWS", ""]
    public static let tags = [
        "env=prod", "env=test", "env", "team=Ä", "gpu", "envy=1", "=x", "env=prod=2",
    ]
    public static let dates = [-1, 0, 1, 1_000_000, 1_536_242_607_000_000, 1_536_242_607_500_000]
        .map {
            Timestamp(microseconds: $0)
        }
    public static let sizes: [Int64] = [0, 1, 512, 1 << 40, .max, -5]
    public static let figures = [0, 1, 10, 20, 40, 2048]

    public static func image(_ generator: inout SplitMix) -> Image {
        var image = Image(
            provider: generator.pick(providers),
            region: generator.pick(regions),
            nativeID: generator.pick(nativeIDs),
            name: generator.pick(names)
        )
        image.description = generator.maybe(descriptions)
        image.os.family = generator.pick(OperatingSystemFamily.allCases)
        image.os.distribution = generator.maybe(distributions)
        image.os.version = generator.maybe(versions)
        image.os.label = generator.maybe(labels)
        image.architecture = generator.pick(Architecture.allCases)
        image.visibility = generator.maybe(Visibility.allCases)
        image.status = generator.maybe(ImageStatus.allCases)
        image.bootMode = generator.maybe(BootMode.allCases)
        addFigures(&image, &generator)
        image.tags = (0..<generator.pick([0, 0, 1, 2, 3])).map { _ in generator.pick(tags) }
        image.raw = generator.chance(80) ? Array(#"{"n":\#(generator.next() % 5)}"#.utf8) : []
        return image
    }

    private static func addFigures(_ image: inout Image, _ generator: inout SplitMix) {
        image.sizeBytes = generator.maybe(sizes)
        image.minDiskGB = generator.maybe(figures)
        image.minRAMMB = generator.maybe(figures)
        image.createdAt = generator.maybe(dates)
        image.updatedAt = generator.maybe(dates)
    }

    public static func list(_ count: Int, _ generator: inout SplitMix) -> [Image] {
        (0..<count).map { _ in image(&generator) }
    }

    /// Lists of several upstreams, in configuration order, many ids in common.
    public static func lists(_ generator: inout SplitMix) -> [(upstream: String, images: [Image])] {
        (0..<generator.pick([1, 2, 3, 4])).map { index in
            ("up\(index)", list(generator.pick([0, 1, 5, 30, 90]), &generator))
        }
    }

    /// Lists of five upstreams in which a tenth of the ids occurs more than once, with names enough that
    /// sorting by them is not sorting by id.
    public static func largeLists(
        of count: Int,
        _ generator: inout SplitMix
    ) -> [(upstream: String, images: [Image])] {
        (0..<5).map { upstream in
            let images = (0..<count).map { _ in
                var image = image(&generator)
                image.nativeID += "-\(generator.next() % UInt64(count))"
                if generator.chance(70) { image.name += " \(generator.next() % UInt64(count))" }
                if generator.chance(70) {
                    let seconds = Int64(generator.next() % 400_000_000)
                    image.createdAt = Timestamp(seconds: 1_400_000_000 + seconds)
                    image.updatedAt = Timestamp(seconds: 1_400_000_000 + seconds * 2)
                }
                return image
            }
            return ("up\(upstream)", images)
        }
    }
}
