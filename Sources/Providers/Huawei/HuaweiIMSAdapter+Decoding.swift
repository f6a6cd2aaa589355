internal import ImageModel
internal import JSONText
internal import Upstreams

/// Answers of both lists: `next` is a link in the Glance-compatible one and missing in the native one.
extension HuaweiIMSAdapter {
    private struct Answer {
        var envelope = ListEnvelope()
        var link: String?
    }

    func page(
        _ response: UpstreamResponse,
        at position: PagePosition
    ) throws(UpstreamError) -> ListPage {
        guard response.status == 200 else { throw refusal(response, at: position) }
        let answer: Answer
        do throws(JSONError) {
            answer = try read(response)
        } catch {
            throw UpstreamError(unreadable: error, response)
        }
        guard let images = answer.envelope.list else {
            throw UpstreamError(withoutList: response)
        }
        return answer.envelope.page(images, next: next(answer, images))
    }

    private func next(_ answer: Answer, _ images: [Image]) -> PagePosition? {
        switch dialect {
        case .openstack: return answer.link.map(position)
        case .cloudimages:
            // The list has no total, and a provider may cap its pages: only an empty page is known to be the last.
            // Behind a short one with rows that cannot be read there may be no marker to go on from, and such a
            // list is not whole anyway.
            let (rowCount, unreadableCount) = (
                answer.envelope.rowCount, answer.envelope.unreadableCount
            )
            let isTold = rowCount >= pageSize || unreadableCount == 0
            guard isTold, rowCount > unreadableCount else { return nil }
            // Of rows that are known it was not read where they lead; whoever asked reads them all then.
            return .marker(images.last?.nativeID ?? "")
        }
    }

    /// The marker is taken out of the link and the request built anew: behind a path prefix the link's
    /// own path would be wrong. A link that leads away is kept as it is, so that this page counts and
    /// the request for the next one fails.
    private func position(of link: String) -> PagePosition {
        guard let own = try? endpoint.ownPath(ofLink: link), let mark = own.firstIndex(of: "?"),
            let marker = QueryString(parsing: own[mark...].dropFirst()).value(of: "marker"),
            (1...RecordReader.identifierBytesMax).contains(marker.utf8.count)
        else { return .link(link) }
        return .marker(marker)
    }

    private func refusal(
        _ response: UpstreamResponse,
        at position: PagePosition
    ) -> UpstreamError {
        let isInSession = if case .session = proof { true } else { false }
        let error = HuaweiErrorCode.error(response, isInSession: isInSession)
        switch position {
        case .marker, .link:
            // The same call without a marker was fine, so the marker is what the provider rejects.
            guard error.status == 400, error.code == .invalidRequest || error.code == .notFound,
                error.providerCode?.hasPrefix("APIGW.") != true
            else { return error }
            return UpstreamError(
                .markerLost,
                answer: response,
                providerCode: error.providerCode
            )
        default: return error
        }
    }

    // MARK: Envelope

    private func read(_ response: UpstreamResponse) throws(JSONError) -> Answer {
        var reader = try RecordReader(response, memories)
        var answer = Answer()
        try reader.json.beginObject()
        while let key = try reader.json.nextKey() {
            switch key {
            case "images": try readList(&reader, &answer.envelope)
            case "next": answer.link = try readLink(&reader)
            case "first", "schema": try reader.skip()
            default: try reader.skipUnknown()
            }
        }
        try answer.envelope.finish(&reader)
        return answer
    }

    private func readList(
        _ reader: inout RecordReader,
        _ envelope: inout ListEnvelope
    ) throws(JSONError) {
        try envelope.readList("images", &reader) { reader, images throws(JSONError) in
            var record = HuaweiImageRecord()
            try record.read(&reader)
            record.append(to: &images, region: region, &reader)
        }
    }

    /// A value that is no string becomes a link that no request can follow: to take it for the end of
    /// the list would lose images without a word.
    private func readLink(_ reader: inout RecordReader) throws(JSONError) -> String? {
        let kind = try reader.json.peekKind()
        let link = try reader.text("next")
        return kind == .null || kind == .string ? link : "invalid"
    }
}
