/// What rows may use: the options of the command line, and clocks.
struct Workbench {
    let options: BenchmarkOptions

    /// `count` runs of `body`; the median of their processor times, in seconds.
    func medianProcessorTime(_ count: Int, _ body: () throws -> Void) rethrows -> Double {
        var times: [Double] = []
        for _ in 0..<count {
            let begin = ProcessorTime.ofThisProcess
            try body()
            times.append(ProcessorTime.ofThisProcess - begin)
        }
        return times.sorted()[count / 2]
    }
}
