/// `image-gateway query`
enum QueryCommand {
    static var command: Command {
        Command(
            name: "query",
            summary: "one query without a running server, or against one",
            usage: "[FILTERS] [--config FILE | --url URL | --demo] [--output table|json|csv|ids]",
            flags: [],
            run: { _ in 1 }
        )
    }
}
