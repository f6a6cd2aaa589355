import JSONText

/// `GET /__simulator/truth`: which rows, and in the words of which dialect.
struct TruthQuestion: Sendable {
    var provider: SimulatedProvider
    /// `2017`, `draft` or `cloudimages`; `nil` is the usual dialect.
    var dialect: String?
    var offset = 0
    var limit = Int.max

    init(_ parameters: [Parameter]) throws(ControlError) {
        provider = try ControlError.provider(parameters.first("provider"))
        offset = try Self.count(parameters, "offset") ?? 0
        limit = try Self.count(parameters, "limit") ?? Int.max
        guard let api = parameters.first("api") else { return }
        let usual = ["3.0", "published", "images", ""]
        guard !usual.contains(api) else { return }
        guard ["2017", "draft", "cloudimages"].contains(api) else {
            throw ControlError("api must be 3.0, 2017, published, draft, images or cloudimages")
        }
        dialect = api
    }

    private static func count(
        _ parameters: [Parameter],
        _ name: String
    ) throws(ControlError) -> Int? {
        guard let text = parameters.first(name) else { return nil }
        guard let number = Int(text), number >= 0 else {
            throw ControlError("\(name) must be a whole number, not negative")
        }
        return number
    }
}

extension SimulatorWorld {
    /// What the generator meant, newest first.
    func truth(_ question: TruthQuestion) async -> [UInt8] {
        switch question.provider {
        case .aries: await truth(of: AriesImage.self, question)
        case .tencentCVM: await truth(of: TencentImage.self, question)
        case .zenlayer: await truth(of: ZenlayerImage.self, question)
        case .huaweiIMS: await truth(of: HuaweiImage.self, question)
        case .gmi: await truth(of: GMIImage.self, question)
        }
    }

    private func truth<Row: ProviderImage>(
        of row: Row.Type,
        _ question: TruthQuestion
    ) async -> [UInt8] {
        let edition = edition(question.provider)
        let serials = listings.all(edition)
        let first = min(question.offset, serials.count)
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("provider", question.provider.rawValue)
        writer.member("total", serials.count)
        writer.key("images")
        writer.beginArray()
        for (index, serial) in serials[first...].prefix(question.limit).enumerated() {
            if index & 4095 == 4095 { await Task.yield() }
            Row(serial: Int(serial), in: edition).intended(in: question.dialect)
                .write(to: &writer, provider: question.provider)
        }
        writer.endArray()
        writer.endObject()
        return writer.bytes
    }
}
