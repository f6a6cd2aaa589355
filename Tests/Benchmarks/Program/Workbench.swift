/// What rows may use: the options of the command line, clocks, and what several rows look at.
final class Workbench {
    let options: BenchmarkOptions
    private var million: MillionImages?
    private var fullLoad: Result<FullLoad, Unmeasured>?

    init(options: BenchmarkOptions) {
        self.options = options
    }

    /// `count` runs of `body` after a few to warm up; the median of their processor times, in seconds.
    func medianProcessorTime(_ count: Int, _ body: () throws -> Void) rethrows -> Double {
        for _ in 0..<count / 5 { try body() }
        var times: [Double] = []
        for _ in 0..<count {
            let begin = ProcessorTime.ofThisProcess
            try body()
            times.append(ProcessorTime.ofThisProcess - begin)
        }
        return times.sorted()[count / 2]
    }

    /// The first full load of a million images, done once; the gateway that holds them runs until
    /// `endFullLoad`.
    func doFullLoad() throws(Unmeasured) -> FullLoad {
        let result = fullLoad ?? Result { () throws(Unmeasured) in try FullLoad() }
        fullLoad = result
        return try result.get()
    }

    func endFullLoad() { fullLoad = nil }

    /// A million images in this process, made once; they stay until `endMillionImages`.
    func millionImages() -> MillionImages {
        let images = million ?? MillionImages()
        million = images
        return images
    }

    func endMillionImages() { million = nil }
}
