internal import ImageModel
internal import JSONText

extension ListParameter {
    /// What the summary leaves open; `nil` where it says everything.
    var detail: String? {
        switch self {
        case .provider: nil
        case .region: "Exact, and in the provider's own spelling."
        case .upstream:
            "Ids of the configuration; unknown ones are 400, ones out of the caller's scope 403."
        case .id: "Exact."
        case .name: "Without a wildcard the whole name must match. \(Self.letters)"
        case .q:
            """
            Case-insensitive, in any order; words are separated by blanks, and a comma is part of its word. At \
            most 32 different ones; where it is repeated, the words of all must occur. \(Self.letters)
            """
        case .osFamily, .architecture, .visibility, .status, .bootMode: "Exact."
        case .osDistribution:
            """
            Case does not count; `unknown` matches images whose distribution is not known (null). The vocabulary \
            grows, so a word that is not in it is no error: it matches nothing.
            """
        case .osVersion:
            """
            22.04 matches 22.04 and 22.04.1. `unknown` matches images whose version is not known (null), which match \
            nothing else.
            """
        case .tag: "Exact; the key alone matches any value."
        case .createdAfter, .updatedAfter: "Inclusive. \(Self.dates)"
        case .createdBefore, .updatedBefore: "Exclusive. \(Self.dates)"
        case .minDiskGBMax, .minRAMMBMax: "Images without the figure match."
        case .sort:
            """
            Versions compare numerically by component, texts bytewise by their first \
            \(ImageOrder.textBytesMax) bytes (names lower-cased). Unknown values come last either way; ties end in id, ascending. A field's second mention changes nothing.
            """
        case .limit:
            "Larger numbers are lowered to the configured maximum; 0 and less are 400."
        case .cursor:
            "Opaque; lasts three days; bound to the filters, sort, latest_by and the caller's scope."
        case .fields: "raw, the provider's own object, comes only when asked for."
        case .latestBy:
            """
            Newest is the highest version of the system, then the latest created_at, then the largest id; \
            unknown values are the lowest. An image with several sources belongs to the first of them. total \
            counts what is left; matched and facets count all matches.
            """
        case .facets:
            """
            Counts are over all matches, whatever limit, cursor and latest_by; largest first, then bytewise; \
            unknown values count as unknown.
            """
        case .deadline: "Never longer than the configured one; longer ones are lowered to it."
        case .require:
            "Where something is missing the answer is 504 when time ran out and 502 otherwise."
        case .explain: "Adds explain to each entry of upstreams."
        }
    }

    private static let letters = """
        Both sides are lower-cased letter by letter (Unicode) and then compared as they are: ß is not ss, the ς \
        at the end of a word is not σ, and a letter with a mark is not the same as a letter and a mark.
        """

    private static let dates = """
        Times of images are microseconds (finer digits of a provider are cut off); a finer bound means the next \
        microsecond. Images without the date never match.
        """

    /// A value that works; `nil` for a cursor, which no document can know.
    var example: JSONValue? {
        switch self {
        case .provider: ["huawei-ims", "tencent-cvm"]
        case .region: ["cn-north-4"]
        case .upstream: ["huawei-bj4"]
        case .id: ["huawei-ims:cn-north-4:bc6bed6e-ba3a-4447-afcc-449174a3eb52"]
        case .name: ["ubuntu*64bit"]
        case .q: "ubuntu gpu"
        case .osFamily: ["linux"]
        case .osDistribution: ["ubuntu", "debian"]
        case .osVersion: ["22.04"]
        case .architecture: ["arm64"]
        case .visibility: ["public"]
        case .status: ["available"]
        case .bootMode: ["uefi"]
        case .tag: ["team=infra"]
        case .createdAfter, .updatedAfter: "2024-01-01T00:00:00Z"
        case .createdBefore, .updatedBefore: "2025-01-01T00:00:00+08:00"
        case .minDiskGBMax: 40
        case .minRAMMBMax: 2048
        case .sort: ["os_distribution", "-os_version"]
        case .limit: 20
        case .cursor: nil
        case .fields: ["name", "os", "created_at"]
        case .latestBy: ["os_distribution", "architecture"]
        case .facets: ["provider", "os_distribution"]
        case .deadline: "800ms"
        case .require: "complete"
        case .explain: "true"
        }
    }
}
