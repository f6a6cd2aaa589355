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
        try medianProcessorTimes(count, of: 1) { _ in try body() }[0]
    }

    /// The same of several bodies, told apart by their number. They take turns, so that a moment in which the machine is
    /// slow falls on all of them.
    func medianProcessorTimes(
        _ count: Int,
        of bodyCount: Int,
        _ body: (Int) throws -> Void
    ) rethrows -> [Double] {
        var times = [[Double]](repeating: [], count: bodyCount)
        for run in 0..<count + count / 5 {
            for number in 0..<bodyCount {
                let begin = ProcessorTime.ofThisProcess
                try body(number)
                guard run >= count / 5 else { continue }
                times[number].append(ProcessorTime.ofThisProcess - begin)
            }
        }
        return times.map { $0.sorted()[count / 2] }
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
