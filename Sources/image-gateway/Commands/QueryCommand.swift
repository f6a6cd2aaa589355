/// `image-gateway query`
enum QueryCommand {
    static let command = Command(
        name: "query",
        summary: "one query without a running server, or against one",
        usage: "[FILTERS] [--config FILE | --url URL | --demo] [--output table|json|csv|ids]",
        flags: []
    ) { _ in 1 }
}
