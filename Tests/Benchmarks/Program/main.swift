internal import CSystem
internal import Glibc

private func complain(_ text: String) {
    let line = "Benchmarks: \(text)\n"
    _ = line.withCString { write(STDERR_FILENO, $0, strlen($0)) }
}

/// Measures every row of the table of performance and prints it with today's figures.
private func run(_ options: BenchmarkOptions) throws(Unmeasured) -> Int32 {
    var thresholds: Thresholds?
    if let file = options.thresholds { thresholds = try Thresholds(file: file) }
    let wanted = options.rows.isEmpty ? thresholds?.rowIDs : options.rows
    let bench = Workbench(options: options)
    var report = BenchmarkReport()
    var verdicts: [Thresholds.Verdict] = []
    if !options.isJSON { print(BenchmarkReport.head) }
    for row in BenchmarkRow.all where wanted?.contains(row.id) ?? true {
        let neighbours = Neighbours()
        let result = Result { try row.measure(bench).besides(neighbours) }
            .mapError { $0 as? Unmeasured ?? Unmeasured(reason: "\($0)") }
        report.add(row, result)
        verdicts += thresholds?.verdicts(row, result) ?? []
        if !options.isJSON { print(BenchmarkReport.line(row, result)) }
        fflush(nil)
    }
    if options.isJSON { print(report.json) }
    for verdict in verdicts { complain(verdict.text) }
    if thresholds != nil { return verdicts.allSatisfy(\.isKept) ? 0 : 1 }
    return report.isReached ? 0 : 1
}

private func main() -> Int32 {
    let arguments = Array(CommandLine.arguments.dropFirst())
    if arguments.first == "peer" { return PeerRole.run(Array(arguments.dropFirst())) }
    do {
        return try run(try BenchmarkOptions(arguments))
    } catch let mistake as BenchmarkOptions.Mistake {
        complain("\(mistake.text)\n\(BenchmarkOptions.usage)")
    } catch {
        complain((error as? Unmeasured)?.reason ?? "\(error)")
    }
    return 2
}

// As the program itself does.
csystem_tune_allocator()
exit(main())
