/// The forms an answer is written in.
enum QueryOutput: String, Sendable, CaseIterable {
    case table, json, csv, ids
}
