internal import Glibc

/// Measures every row of the table of performance and prints it with today's figures.
private func run() -> Int32 {
    let arguments = Array(CommandLine.arguments.dropFirst())
    if arguments.first == "peer" { return PeerRole.run(Array(arguments.dropFirst())) }
    let options: BenchmarkOptions
    do {
        options = try BenchmarkOptions(arguments)
    } catch {
        let text = "Benchmarks: \(error.text)\n\(BenchmarkOptions.usage)\n"
        _ = text.withCString { write(STDERR_FILENO, $0, text.utf8.count) }
        return 2
    }
    let bench = Workbench(options: options)
    var report = BenchmarkReport()
    if !options.isJSON { print(BenchmarkReport.head) }
    for row in BenchmarkRow.all where options.rows.isEmpty || options.rows.contains(row.id) {
        let result = Result { try row.measure(bench) }
            .mapError { $0 as? Unmeasured ?? Unmeasured(reason: "\($0)") }
        report.add(row, result)
        if !options.isJSON { print(BenchmarkReport.line(row, result)) }
        fflush(nil)
    }
    if options.isJSON { print(report.json) }
    return report.isReached ? 0 : 1
}

exit(run())
