/// How many descriptors a command must be able to open before it serves anybody, and a few to serve with.
struct DescriptorNeeds {
    private(set) var count = 0

    /// A loop has an epoll and an eventfd.
    private static let perLoop = 2
    /// libcurl wakes itself through a pair of sockets.
    private static let perTransport = 2
    /// Signals, and files that are open for a moment: lists, certificates, key sets.
    private static let files = 8
    /// Clients and calls to clouds; with fewer it would only turn everybody away.
    private static let connections = 32

    /// A gateway with an admin port and so many serving loops.
    static func gateway(loops: Int) -> DescriptorNeeds {
        var needs = DescriptorNeeds()
        // Beside those that serve, the main loop and the log's.
        needs.count = (loops + 2) * perLoop + (loops + 1) * perTransport
        needs.count += loops + 1 + files + connections
        return needs
    }

    /// Simulators on so many loops that are there, each with so many ports.
    static func simulators(loops: Int, ports: Int) -> DescriptorNeeds {
        var needs = DescriptorNeeds()
        needs.count = (loops + 2) * perLoop + loops * ports + files + connections
        return needs
    }

    static func + (first: DescriptorNeeds, second: DescriptorNeeds) -> DescriptorNeeds {
        DescriptorNeeds(count: first.count + second.count)
    }

    /// Takes as many descriptors as the process may have, and fails where those are too few.
    func secure() throws(Shortage) {
        ProcessFacts.raiseDescriptorLimit()
        try check(
            available: ProcessFacts.descriptorCountMax,
            open: ProcessFacts.openDescriptorCount ?? 3
        )
    }

    /// `available`: how many there may be altogether; `nil` where there is no limit.
    func check(available: Int?, open: Int) throws(Shortage) {
        guard let available, available < open + count else { return }
        throw Shortage(available: available, needed: open + count)
    }

    /// What there is to say before the first one is missing somewhere.
    struct Shortage: Error, CustomStringConvertible {
        let available: Int
        let needed: Int

        var description: String {
            "this process may have \(available) file descriptors and needs \(needed) at least; "
                + "raise the limit (ulimit -n, LimitNOFILE)"
        }
    }
}
