internal import Catalogs
internal import Configuration
internal import Federation
internal import ImageModel

/// Reads the parameters of `GET /v1/images` and collects everything that is wrong with them.
struct ListQueryDecoder {
    /// What the configuration says about requests.
    struct Bounds {
        var pageSize: Int
        var pageSizeMax: Int
        var deadline: Duration
        /// Names a client may ask for.
        var providers: [String]
        var upstreams: [String]
        /// Upstreams beyond it are not named in complaints.
        var scope = Scope.all
    }

    private let bounds: Bounds
    private let parameters: QueryString
    /// By the parameter's index; `nil` for a name that is no parameter's.
    private let names: [ListParameter?]
    private var complaints: [Problem.Parameter] = []
    /// Complaints beyond `complaintsMax`.
    private var unlistedCount = 0
    /// Whether no complaint leaves it open which question is asked.
    private var isQuestionClear = true

    /// Bytes of one parameter's value.
    private static let valueBytesMax = 4_096
    /// Values of one filter.
    private static let valuesMax = 200
    /// Different words of a search: each one looks at every image that the others leave.
    private static let searchWordsMax = 32
    /// Complaints that are spelt out; the others are counted. A hostile query may hold hundreds, and its
    /// answer should not be many times as long as the query.
    private static let complaintsMax = 40
    /// Complaints with a did-you-mean or the list of what is known.
    private static let suggestionsMax = 20

    init(_ parameters: QueryString, bounds: Bounds) {
        self.parameters = parameters
        names = parameters.pairs.map { ListParameter.named($0.name) }
        self.bounds = bounds
    }

    /// Fails with one problem that names every offending parameter, unless there are too many to look at. A cursor that
    /// is the only one is not looked at: whoever reads it tells of it.
    static func decode(
        _ parameters: QueryString,
        bounds: Bounds,
        cursorFailure: (ListRequest) -> CursorSealer.Failure? = { _ in nil }
    ) throws(Problem) -> (request: ListRequest, requiresAll: Bool) {
        if parameters.isTooLong { throw .tooManyParameters }
        var decoder = ListQueryDecoder(parameters, bounds: bounds)
        decoder.checkNames()
        var request = ListRequest(limit: bounds.pageSize, deadline: bounds.deadline)
        var requiresAll = false
        for (index, parameter) in decoder.names.enumerated() {
            // All values of a name are taken together, where it comes first.
            guard let parameter, !decoder.names[..<index].contains(parameter) else { continue }
            if parameter == .require { requiresAll = decoder.requiresAll() }
            decoder.decodeFilter(parameter, &request.query)
            decoder.decodeShape(parameter, &request)
        }
        guard decoder.complaints.isEmpty else {
            decoder.checkCursor(request, cursorFailure)
            throw .invalidParameters(decoder.complaints, unlistedCount: decoder.unlistedCount)
        }
        return (request, requiresAll)
    }

    // MARK: Names

    private mutating func checkNames() {
        for (name, value) in parameters.malformed {
            complain(
                name,
                value,
                "is not percent-encoded UTF-8; encode it as RFC 3986 says"
            )
        }
        var unknown: Set<String> = []
        for (index, (name, value)) in parameters.pairs.enumerated() {
            if let known = names[index] {
                if !known.isRepeatable, names[..<index].contains(known) {
                    complain(name, value, "may be given once")
                }
                if value.utf8.count > Self.valueBytesMax {
                    complain(name, value, "is longer than \(Self.valueBytesMax) bytes")
                }
                if holdsNUL(value.utf8.span) {
                    complain(name, value, "holds a NUL character")
                }
            } else if unknown.insert(name).inserted {
                complain(name, value, unknownName(name))
            }
        }
    }

    private func unknownName(_ name: String) -> String {
        let known = ListParameter.allCases.map(\.rawValue)
        if complaints.count > Self.suggestionsMax { return "is not a parameter" }
        if let close = Likeness.closest(to: name, among: known) {
            return "is not a parameter; did you mean '\(close)'?"
        }
        return "is not a parameter; known are \(known.joined(separator: ", "))"
    }

    // MARK: Filters

    private mutating func decodeFilter(_ parameter: ListParameter, _ query: inout ImageQuery) {
        switch parameter {
        case .provider: query.providers = words(parameter, among: bounds.providers)
        case .region: query.regions = list(parameter)
        case .upstream: query.upstreams = upstreams()
        case .id: query.ids = list(parameter)
        case .name: query.names = list(parameter)
        case .q: query.words = searchWords()
        case .osFamily: query.families = cases(parameter)
        case .osDistribution: query.distributions = lowercasedList(parameter)
        case .osVersion: query.versions = lowercasedList(parameter)
        case .architecture: query.architectures = cases(parameter)
        case .visibility: query.visibilities = cases(parameter)
        case .status: query.statuses = cases(parameter)
        case .bootMode: query.bootModes = cases(parameter)
        case .tag: query.tags = list(parameter)
        case .createdAfter: query.createdAfter = date(parameter)
        case .createdBefore: query.createdBefore = date(parameter)
        case .updatedAfter: query.updatedAfter = date(parameter)
        case .updatedBefore: query.updatedBefore = date(parameter)
        case .minDiskGBMax: query.minDiskGBMax = count(parameter)
        case .minRAMMBMax: query.minRAMMBMax = count(parameter)
        case .sort, .limit, .cursor, .fields, .latestBy, .facets, .deadline, .require, .explain:
            break
        }
    }

    /// Values of all repetitions, separated by commas.
    private mutating func list(_ parameter: ListParameter) -> [String] {
        let values = values(parameter)
        if values.isEmpty { return [] }
        if values.count == 1, isPlainWord(values[0]) { return values }
        let items = values.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false) }
            .map(trimmed)
        if items.contains("") {
            complain(
                parameter,
                values.joined(separator: ","),
                "holds an empty value; leave the parameter out"
            )
        }
        if items.count > Self.valuesMax {
            complain(
                parameter,
                nil,
                "has \(items.count) values; at most \(Self.valuesMax) are allowed"
            )
        }
        var seen: Set<String> = []
        return items.prefix(Self.valuesMax).filter { !$0.isEmpty && seen.insert($0).inserted }
    }

    /// As `list`; values that differ in case only are one.
    private mutating func lowercasedList(_ parameter: ListParameter) -> [String] {
        let items = list(parameter).map { $0.lowercased() }
        if items.count < 2 { return items }
        var seen: Set<String> = []
        return items.filter { seen.insert($0).inserted }
    }

    private mutating func searchWords() -> [String] {
        let values = values(.q)
        if values.count == 1, isPlainWord(values[0]) { return values }
        let words = values.flatMap { $0.split(whereSeparator: \.isWhitespace).map(String.init) }
        if !values.isEmpty, words.isEmpty { complain(.q, values[0], "holds no word") }
        if words.count < 2 { return words }
        var seen: Set<String> = []
        let different = words.filter { seen.insert($0).inserted }
        if different.count > Self.searchWordsMax {
            let (count, most) = (different.count, Self.searchWordsMax)
            complain(.q, nil, "has \(count) different words; at most \(most) are allowed")
        }
        return different
    }

    private mutating func upstreams() -> [String] {
        let items = list(.upstream)
        // Whoever may not see all is told the same of an upstream that is hidden and of one that is not there.
        guard case .all = bounds.scope else { return items }
        for item in items where !bounds.upstreams.contains(item) {
            complain(.upstream, item, unknownValue(item, bounds.upstreams))
        }
        return items
    }

    private mutating func words(_ parameter: ListParameter, among known: [String]) -> [String] {
        let items = list(parameter)
        for item in items where !known.contains(item) {
            complain(parameter, item, unknownValue(item, known))
        }
        return items
    }

    private mutating func cases<Word>(_ parameter: ListParameter) -> [Word]
    where Word: RawRepresentable<String> & CaseIterable {
        list(parameter).compactMap { item in
            if let word = Word(rawValue: item) { return word }
            complain(parameter, item, unknownValue(item, Word.allCases.map(\.rawValue)))
            return nil
        }
    }

    private func unknownValue(_ value: String, _ known: [String]) -> String {
        if complaints.count > Self.suggestionsMax {
            return "'\(Problem.shortened(value))' is not a value"
        }
        let meant = Self.synonyms[value.lowercased()].flatMap { known.contains($0) ? $0 : nil }
        if let close = meant ?? Likeness.closest(to: value, among: known) {
            return "'\(Problem.shortened(value))' is not a value; did you mean '\(close)'?"
        }
        return "'\(Problem.shortened(value))' is not a value; use \(known.joined(separator: ", "))"
    }

    /// Other names of values, which are spelled like none of them or like the wrong one.
    private static let synonyms = [
        "amd64": "x86_64", "x64": "x86_64", "x86-64": "x86_64", "intel": "x86_64",
        "aarch64": "arm64", "arm": "arm64", "armv8": "arm64", "x86": "i386", "i686": "i386",
        "active": "available", "normal": "available", "huawei": "huawei-ims",
        "tencent": "tencent-cvm",
    ]

    private mutating func date(_ parameter: ListParameter) -> Timestamp? {
        guard let text = single(parameter) else { return nil }
        // A plus sign that was not encoded arrives as a blank; no RFC 3339 zone holds one.
        let repaired =
            text.utf8.contains(UInt8(ascii: " "))
            ? String(text.prefix(19)) + text.dropFirst(19).map { $0 == " " ? "+" : $0 } : text
        if let date = Timestamp(rfc3339: repaired) {
            // Times of images are microseconds: none lies between the bound and the next one.
            let excess: Int64 = isFinerThanMicroseconds(repaired) ? 1 : 0
            return Timestamp(microseconds: date.microseconds + excess)
        }
        complain(
            parameter,
            text,
            "is not an RFC 3339 time: an existing date of the years 0000 to 9999 (in UTC), "
                + "a time of day and a zone, such as 2024-05-06T00:00:00Z"
        )
        return nil
    }

    private mutating func count(_ parameter: ListParameter) -> Int? {
        guard let text = single(parameter) else { return nil }
        if let number = Int(text), number >= 0 { return number }
        complain(parameter, text, "is not a whole number from 0 to \(Int.max)")
        return nil
    }

    private func single(_ parameter: ListParameter) -> String? {
        names.firstIndex(of: parameter).map { parameters.pairs[$0].value }
    }

    /// All values of one parameter, in order.
    private func values(_ parameter: ListParameter) -> [String] {
        guard let first = names.firstIndex(of: parameter) else { return [] }
        if !names[(first + 1)...].contains(parameter) { return [parameters.pairs[first].value] }
        return names.indices.compactMap {
            names[$0] == parameter ? parameters.pairs[$0].value : nil
        }
    }

    // MARK: Shape

    private mutating func decodeShape(_ parameter: ListParameter, _ request: inout ListRequest) {
        switch parameter {
        case .sort: decodeOrder(&request)
        case .limit: request.limit = limit()
        case .cursor: request.cursor = single(.cursor)
        case .fields: decodeFields(&request)
        case .latestBy: request.latestBy = cases(.latestBy)
        case .facets: request.facets = cases(.facets)
        case .deadline: request.deadline = deadline()
        case .explain: request.explains = flag(.explain)
        default: break
        }
    }

    private mutating func decodeOrder(_ request: inout ListRequest) {
        guard let text = single(.sort) else { return }
        if text.isEmpty {
            return complain(
                .sort,
                text,
                "is empty; name fields such as -created_at, or leave it out"
            )
        }
        do throws(ImageOrder.UnknownField) {
            request.order = try ImageOrder(parsing: text)
        } catch {
            complain(.sort, text, error.description)
        }
    }

    private mutating func limit() -> Int {
        guard let text = single(.limit) else { return bounds.pageSize }
        if !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            let number = Int(text) ?? Int.max
            if number > 0 { return min(number, bounds.pageSizeMax) }
        }
        complain(.limit, text, "is not a whole number from 1 up; \(bounds.pageSizeMax) is the most")
        return bounds.pageSize
    }

    /// Once all else is known. A cursor belongs to one question: where that is open, only its form can be wrong.
    private mutating func checkCursor(
        _ request: ListRequest,
        _ failure: (ListRequest) -> CursorSealer.Failure?
    ) {
        let name = ListParameter.cursor.rawValue
        guard let cursor = request.cursor, !complaints.contains(where: { $0.name == name }) else {
            return
        }
        let found =
            isQuestionClear
            ? failure(request) : CursorSealer.isCursor(cursor) ? nil : CursorSealer.Failure.invalid
        if let found { complain(.cursor, cursor, found.detail) }
    }

    private mutating func decodeFields(_ request: inout ListRequest) {
        let names = list(.fields)
        guard !names.isEmpty else { return }
        do throws(FieldSelection.UnknownMembers) {
            request.fields = try FieldSelection(parsing: names.joined(separator: ","))
        } catch {
            complain(.fields, names.joined(separator: ","), error.description)
        }
    }

    private mutating func deadline() -> Duration {
        guard let text = single(.deadline) else { return bounds.deadline }
        do throws(TextComplaint) {
            let duration = try DurationText.parse(text)
            if duration > .zero { return min(duration, bounds.deadline) }
            complain(.deadline, text, "must be more than 0")
        } catch {
            complain(.deadline, text, error.description)
        }
        return bounds.deadline
    }

    private mutating func requiresAll() -> Bool {
        guard let text = single(.require) else { return false }
        if text != "complete" { complain(.require, text, "the only value is 'complete'") }
        return true
    }

    private mutating func flag(_ parameter: ListParameter) -> Bool {
        guard let text = single(parameter) else { return false }
        if text != "true", text != "false" { complain(parameter, text, "is 'true' or 'false'") }
        return text == "true"
    }

    // MARK: Complaints

    private mutating func complain(_ parameter: ListParameter, _ value: String?, _ detail: String) {
        complain(parameter.rawValue, value, detail)
    }

    private mutating func complain(_ name: String, _ value: String?, _ detail: String) {
        if ListParameter.named(name)?.bindsCursors ?? true { isQuestionClear = false }
        guard complaints.count < Self.complaintsMax else {
            unlistedCount += 1
            return
        }
        complaints.append(Problem.Parameter(name, value, detail))
    }
}

private func holdsNUL(_ text: Span<UInt8>) -> Bool {
    for index in text.indices where text[index] == 0 { return true }
    return false
}

/// Whether a value is one item as it stands: visible ASCII without a comma.
private func isPlainWord(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x2C }
}

/// Whether an RFC 3339 time has digits other than 0 behind the sixth of its fraction.
private func isFinerThanMicroseconds(_ time: String) -> Bool {
    let fraction = time.utf8.dropFirst("2018-09-06T14:03:27".utf8.count)
    guard fraction.first == UInt8(ascii: ".") else { return false }
    let digits = fraction.dropFirst().prefix { (0x30...0x39).contains($0) }
    return digits.dropFirst(6).contains { $0 != UInt8(ascii: "0") }
}

/// Without the blanks at both ends. By scalars: a mark that stands on a blank is no blank.
private func trimmed(_ text: Substring) -> String {
    var scalars = text.unicodeScalars
    while scalars.first?.properties.isWhitespace == true { scalars.removeFirst() }
    while scalars.last?.properties.isWhitespace == true { scalars.removeLast() }
    return String(scalars)
}
