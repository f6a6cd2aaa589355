import ImageModel
import JSONText
import Upstreams

/// Some rows of a provider's fixtures, as a page that was read before.
struct KnownRows: Sendable {
    private let adapter: any ProviderAdapter
    private let page: KnownPage
    /// By object of the page.
    private let images: [[Image]]

    init(_ dialect: ProviderDialect) {
        adapter = dialect.adapter
        let pages = PackageFiles.contents(
            below: "Tests/ProvidersTests/Fixtures/\(dialect.descriptor.name)",
            endingIn: ".json"
        ).compactMap { body -> (body: [UInt8], page: ListPage)? in
            // As the rows of the seeds are written, or none of them would be found again.
            guard let body = try? JSONValue(parsing: body).bytes,
                let page = try? dialect.adapter.decodePage(
                    UpstreamResponse(status: 200, body: body),
                    at: .first
                )
            else { return nil }
            return (body, page)
        }
        guard let most = pages.max(by: { $0.page.objects.count < $1.page.objects.count }) else {
            fatalError("no page of \(dialect.descriptor.name)")
        }
        page = KnownPage(body: most.body, objects: most.page.objects.map(\.range))
        images = KnownRows.images(most.page, known: [])
    }

    /// Whether an answer, with its known objects not read again, is the page that it is when read whole.
    func isSame(_ whole: ListPage, _ response: UpstreamResponse) -> Bool {
        guard KnownRows.images(whole, known: []).joined().elementsEqual(whole.images) else {
            return false
        }
        var response = response
        response.known = page
        guard let short = try? adapter.decodePage(response, at: .first) else { return false }
        // Of a page that leads on the caller reads every object, as its last one may say where.
        return KnownRows.images(short, known: images).joined().elementsEqual(whole.images)
            && short.objects.map(\.range) == whole.objects.map(\.range)
            && (short.next == nil) == (whole.next == nil) && short.total == whole.total
            && short.unreadableCount == whole.unreadableCount
    }

    private static func images(_ page: ListPage, known: [[Image]]) -> [[Image]] {
        var rest = page.images[...]
        let images = page.objects.map { object -> [Image] in
            switch object.content {
            case .known(let number): return known[number]
            case .images(let count):
                defer { rest = rest.dropFirst(count) }
                return Array(rest.prefix(count))
            }
        }
        // What no object was noted for must not pass for nothing.
        return images + [Array(rest)]
    }
}
