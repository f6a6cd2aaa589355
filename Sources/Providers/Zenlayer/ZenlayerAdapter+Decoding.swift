internal import ImageModel
internal import JSONText
internal import Upstreams

/// Answers in both shapes: `dataSet` as published, `images` in the draft; either is read in either
/// dialect, because servers of both kinds were seen behind one address.
extension ZenlayerAdapter {
    func page(
        _ response: UpstreamResponse,
        at position: PagePosition
    ) throws(UpstreamError) -> ListPage {
        let (number, offset) = try position.pageNumber
        guard response.status == 200 else { throw refusal(response) }
        let answer: ListEnvelope
        do throws(JSONError) {
            answer = try read(response)
        } catch {
            throw UpstreamError(unreadable: error, response)
        }
        guard let images = answer.list else {
            guard let code = answer.errorCode else { throw UpstreamError(withoutList: response) }
            throw ZenlayerErrorCode.error(code, response)
        }
        // Pages of a provider that caps them follow each other by their numbers all the same.
        let reached = answer.reached(from: offset, pageSize: pageSize)
        return answer.page(images, next: reached.map { .number(number + 1, after: $0) })
    }

    // MARK: Errors

    private func refusal(_ response: UpstreamResponse) -> UpstreamError {
        if response.value(of: "cf-mitigated") != nil {
            return UpstreamError(
                .forbidden,
                "A network shield in front of the provider blocks this machine's address.",
                status: response.status
            )
        }
        guard let code = ErrorBody(response).code("code") else {
            return UpstreamError(answer: response)
        }
        return ZenlayerErrorCode.error(code, response)
    }

    // MARK: Envelope

    private func read(_ response: UpstreamResponse) throws(JSONError) -> ListEnvelope {
        var reader = try RecordReader(response, memories)
        var answer = ListEnvelope()
        try reader.json.beginObject()
        while let key = try reader.json.nextKey() {
            switch key {
            case "response": try readResponse(&reader, &answer)
            case "code": answer.errorCode = try reader.scalar("code")
            default: try reader.skip()
            }
        }
        try answer.finish(&reader)
        return answer
    }

    private func readResponse(
        _ reader: inout RecordReader,
        _ answer: inout ListEnvelope
    ) throws(JSONError) {
        guard try reader.isNext(.object, "response") else { return try reader.skip() }
        try reader.json.beginObject()
        while let key = try reader.json.nextKey() {
            switch key {
            case "dataSet", "images": try readList(&reader, &answer)
            case "totalCount": answer.total = try reader.count("totalCount")
            case "requestId": try reader.skip()
            default: try reader.skipUnknown()
            }
        }
    }

    private func readList(
        _ reader: inout RecordReader,
        _ answer: inout ListEnvelope
    ) throws(JSONError) {
        try answer.readList("dataSet", &reader) { reader, images throws(JSONError) in
            var record = ZenlayerImageRecord()
            try record.read(&reader)
            record.append(
                to: &images,
                region: region,
                takesRowRegion: dialect == .draft,
                &reader
            )
        }
    }
}
