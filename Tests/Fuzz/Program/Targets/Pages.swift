import ImageModel
import JSONText
import Upstreams

extension FuzzTarget {
    /// An answer to the list call, one target for each dialect of each provider. It is a page whose images
    /// hold what images must, or a typed error; the next page is asked of the same place. Held against a page
    /// that was read before it is the same page. A last byte that no text ends with is its status.
    static let pages = ProviderDialect.all.map { dialect in
        let suffix = dialect.settings.api.map { "-\($0)" } ?? ""
        let known = KnownRows(dialect)
        return FuzzTarget(
            name: "pages-\(dialect.descriptor.name)\(suffix)",
            byteCountMax: 2_048,
            seeds: { pageSeeds(dialect) }
        ) { bytes in
            let response = response(bytes)
            do throws(UpstreamError) {
                let page = try dialect.adapter.decodePage(response, at: .first)
                check(page, dialect)
                hold(known.isSame(page, response), "read beside a known page")
            } catch {
                hold(expected.contains(error.code), "\(error)")
                hold((error.providerCode?.utf8.count ?? 0) <= 64, "\(error)")
            }
        }
    }

    /// Bytes from 0xF8 on are never UTF-8.
    private static func response(_ bytes: [UInt8]) -> UpstreamResponse {
        guard let last = bytes.last, last >= 0xF8 else {
            return UpstreamResponse(status: 200, body: bytes)
        }
        let status = [301, 400, 401, 403, 404, 429, 500, 503][Int(last - 0xF8)]
        return UpstreamResponse(status: status, body: bytes.dropLast())
    }

    private static let expected: [UpstreamError.Code] = [
        .malformedAnswer, .upstreamFault, .throttled, .unauthorized, .forbidden, .notFound,
        .invalidRequest, .sessionExpired, .markerLost, .redirectRefused,
    ]

    private static func check(_ page: ListPage, _ dialect: ProviderDialect) {
        for image in page.images { check(image, dialect) }
        hold((page.total ?? 0) >= 0, "total")
        hold(page.drift.count <= 16, "drift")
        hold(page.drift.allSatisfy { $0.utf8.count <= 80 }, "drift")
        guard let next = page.next else { return }
        let session = dialect.adapter.session.map { _ in Session(token: "t") }
        do throws(UpstreamError) {
            let request = try dialect.adapter.pageRequest(
                at: next,
                pushdown: nil,
                session: session,
                date: ProviderDialect.date
            )
            hold(ProviderDialect.isProper(request), "\(request)")
        } catch {
            hold(error.code == .pagingFault || error.code == .malformedAnswer, "\(error)")
        }
    }

    private static func check(_ image: Image, _ dialect: ProviderDialect) {
        hold(!image.nativeID.isEmpty && !image.name.isEmpty && !image.region.isEmpty, "\(image)")
        hold(image.provider == dialect.descriptor.name, image.provider)
        hold((try? JSONValue(parsing: image.raw))?.objectValue != nil, image.raw.text)
        hold((image.minDiskGB ?? 1) > 0 && (image.minRAMMB ?? 1) > 0, "\(image)")
        hold((image.sizeBytes ?? 1) > 0, "\(image)")
        hold((image.createdAt?.microseconds ?? 1) > 0, "\(image)")
    }

    private static func pageSeeds(_ dialect: ProviderDialect) -> [[UInt8]] {
        let folder = "Tests/ProvidersTests/Fixtures/\(dialect.descriptor.name)"
        let documents = PackageFiles.contents(below: folder, endingIn: ".json")
        let rows = documents.compactMap { try? JSONValue(parsing: $0) }.flatMap(\.rowsAlone)
        return rows.map(\.bytes).filter { $0.count <= 2_048 } + errors.map { Array($0.utf8) }
            + errors.enumerated().map { Array($1.utf8) + [0xF8 + UInt8($0 % 8)] }
    }

    /// How the providers say no.
    private static let errors = [
        #"{"Response":{"Error":{"Code":"AuthFailure.SignatureFailure","Message":"m"},"RequestId":"r"}}"#,
        #"{"code":4100,"message":"m","codeDesc":"AuthFailure"}"#,
        #"{"requestId":"r","code":"OPERATION_FAILED","message":"m","response":null}"#,
        #"{"error_code":"APIGW.0301","error_msg":"m","request_id":"r"}"#,
        #"{"error":{"code":"IMG.0001","message":"m"}}"#, #"{"message":"m","code":401}"#, "null",
    ]
}
