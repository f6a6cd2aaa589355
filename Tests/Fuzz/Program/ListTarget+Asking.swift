import Catalogs
import Configuration
import Federation
import GatewayAPI
import ImageModel

extension ListTarget {
    /// The plain words for a question, one parameter for each value.
    init(asking request: ListRequest) {
        self.init()
        ask(request.query)
        add("sort", request.order.text)
        add("limit", String(request.limit))
        if let cursor = request.cursor { add("cursor", cursor) }
        for member in FieldSelection.Member.allCases where request.fields.contains(member) {
            add("fields", member.rawValue)
        }
        ask("latest_by", request.latestBy.map(\.rawValue))
        ask("facets", request.facets.map(\.rawValue))
        add("deadline", DurationText.text(of: request.deadline))
        if request.explains { add("explain", "true") }
    }

    private mutating func ask(_ query: ImageQuery) {
        ask("provider", query.providers)
        ask("region", query.regions)
        ask("upstream", query.upstreams)
        ask("id", query.ids)
        ask("name", query.names)
        ask("q", query.words)
        ask("os_family", query.families.map(\.rawValue))
        ask("os_distribution", query.distributions)
        ask("os_version", query.versions)
        ask("architecture", query.architectures.map(\.rawValue))
        ask("visibility", query.visibilities.map(\.rawValue))
        ask("status", query.statuses.map(\.rawValue))
        ask("boot_mode", query.bootModes.map(\.rawValue))
        ask("tag", query.tags)
        ask("created_after", query.createdAfter)
        ask("created_before", query.createdBefore)
        ask("updated_after", query.updatedAfter)
        ask("updated_before", query.updatedBefore)
        if let disk = query.minDiskGBMax { add("min_disk_gb_max", String(disk)) }
        if let memory = query.minRAMMBMax { add("min_ram_mb_max", String(memory)) }
    }

    private mutating func ask(_ name: String, _ values: [String]) {
        for value in values { add(name, value) }
    }

    private mutating func ask(_ name: String, _ date: Timestamp?) {
        if let date { add(name, date.rfc3339) }
    }
}
