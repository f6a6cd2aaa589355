import Federation

@testable import GatewayAPI

extension FuzzTarget {
    /// The query of a list's target. A decoded question asked anew in plain words is the same question; one
    /// that is refused names what is to blame.
    static let queries = FuzzTarget(
        name: "queries",
        byteCountMax: 256,
        seeds: { querySeeds.map { Array($0.utf8) } }
    ) { bytes in
        let query = QueryString(bytes.text)
        for pair in query.pairs {
            let again = QueryString.decode(QueryString.encode(pair.value))
            hold(again?.utf8.elementsEqual(pair.value.utf8) == true, "encoded anew")
        }
        do throws(Problem) {
            let (request, _) = try ListQueryDecoder.decode(query, bounds: bounds)
            hold((1...bounds.pageSizeMax).contains(request.limit), "limit \(request.limit)")
            hold(request.deadline <= bounds.deadline, "deadline \(request.deadline)")
            let target = ListTarget(asking: request).text.drop { $0 != "?" }.dropFirst()
            let again = try ListQueryDecoder.decode(QueryString(target), bounds: bounds)
            hold(again.request == request, "asked anew as \(target)")
        } catch {
            hold(error.status == 400 && !error.parameters.isEmpty, "\(error)")
            hold(error.parameters.allSatisfy { !$0.detail.isEmpty }, "\(error.parameters)")
            hold(error.detail.utf8.count < 16_384, "\(error.detail.utf8.count) bytes of detail")
        }
    }

    private static let bounds = ListQueryDecoder.Bounds(
        pageSize: 50,
        pageSizeMax: 1_000,
        deadline: .seconds(2),
        providers: ["aries", "huawei-ims"],
        upstreams: ["up-1", "up-2"]
    )

    private static let querySeeds = [
        "provider=aries,huawei-ims&region=r1&region=r2&upstream=up-1&id=a:b:c&name=Ub*&q=two+words",
        "os_family=linux,bsd&os_distribution=Ubuntu&os_version=22.04&architecture=arm64",
        "visibility=public&status=available&boot_mode=uefi&tag=env%3Dprod&tag=a",
        "created_after=2024-01-01T00:00:00Z&created_before=2024-01-02T00:00:00+01:00",
        "updated_after=1970-01-01T00:00:01.5Z&min_disk_gb_max=0&min_ram_mb_max=4096",
        "sort=-created_at,name&limit=25&cursor=abc&fields=name,os,raw&latest_by=os_distribution",
        "facets=provider,os_family&deadline=800ms&require=complete&explain=true",
        "q=%E5%85%AC%E5%85%B1&name=%ff&&=&a=b&os_famly=linux&limit=0&limit=1&%",
    ]
}
