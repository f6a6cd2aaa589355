extension ListParameter {
    /// What it does in one short line, for the document and for `--help`.
    public var summary: String {
        switch self {
        case .provider: "images of these providers"
        case .region: "images of these regions"
        case .upstream: "images of these configured upstreams"
        case .id: "global id (provider:region:native_id) or the provider's own id"
        case .name: "the whole name; * and ? are wildcards, case does not count"
        case .q: "words that all occur in name, description, OS label, id or tags"
        case .osFamily: "linux, windows, bsd, other or unknown"
        case .osDistribution: "canonical distribution, for example ubuntu or windows-server"
        case .osVersion: "version by components: 7 matches 7 and 7.9, never 70"
        case .architecture: "x86_64, arm64, i386 or unknown"
        case .visibility: "public, private, shared or marketplace"
        case .status: "available, pending, unavailable, deprecated or error"
        case .bootMode: "bios or uefi"
        case .tag: "key or key=value"
        case .createdAfter: "created at this time or later (RFC 3339)"
        case .createdBefore: "created before this time (RFC 3339)"
        case .updatedAfter: "updated at this time or later (RFC 3339)"
        case .updatedBefore: "updated before this time (RFC 3339)"
        case .minDiskGBMax: "fits a machine with this much disk (GB)"
        case .minRAMMBMax: "fits a machine with this much memory (MB)"
        case .sort: "fields to order by, '-' in front for descending (default -created_at)"
        case .limit: "images of one page"
        case .cursor: "place to go on from: next_cursor of the page before"
        case .fields: "members of an image to show; id is always there"
        case .latestBy: "keep the newest image of each group of equal values"
        case .facets: "count all matches by these fields"
        case .deadline: "how long the answer may take, for example 800ms"
        case .require: "'complete': rather no answer than a partial one"
        case .explain: "'true': how each upstream came to its part"
        }
    }
}
