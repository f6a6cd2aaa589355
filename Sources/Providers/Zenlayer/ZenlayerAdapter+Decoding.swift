internal import ImageModel
internal import JSONText
internal import Upstreams

/// Answers in both shapes: `dataSet` as published, `images` in the draft; either is read in either
/// dialect, because servers of both kinds were seen behind one address.
extension ZenlayerAdapter {
    private struct Answer {
        var images: [Image]?
        var isListNull = false
        var total: Int?
        var errorCode: String?
        var rowCount = 0
        var unreadableCount = 0
        var drift: [String] = []
        var objects: [ListObject] = []
    }

    func page(
        _ response: UpstreamResponse,
        at position: PagePosition
    ) throws(UpstreamError) -> ListPage {
        let (number, offset) = try position.pageNumber
        guard response.status == 200 else { throw refusal(response) }
        let answer: Answer
        do throws(JSONError) {
            answer = try read(response)
        } catch {
            throw UpstreamError(unreadable: error, response)
        }
        let empty: [Image]? = answer.isListNull && answer.total == 0 ? [] : nil
        guard let images = answer.images ?? empty else {
            guard let code = answer.errorCode else { throw UpstreamError(withoutList: response) }
            throw ZenlayerErrorCode.error(code, response)
        }
        return ListPage(
            images: images,
            next: next(after: number, offset, answer),
            total: answer.total,
            unreadableCount: answer.unreadableCount,
            drift: answer.drift,
            objects: answer.objects
        )
    }

    /// Counts by the rows that came, not by those asked for: pages of a provider that caps them follow each other
    /// by their numbers all the same. A total that is exactly reached ends the list; one that is not yet reached is
    /// worth another call even after a short page; one that is passed has lied and leaves the word to the page.
    private func next(after number: Int, _ offset: Int, _ answer: Answer) -> PagePosition? {
        let reached = offset + answer.rowCount
        guard answer.rowCount > 0, reached <= PagePosition.offsetMax else { return nil }
        let isFull = answer.rowCount >= pageSize
        let next = PagePosition.number(number + 1, after: reached)
        guard let total = answer.total else { return isFull ? next : nil }
        if reached == total { return nil }
        return reached < total || isFull ? next : nil
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

    private func read(_ response: UpstreamResponse) throws(JSONError) -> Answer {
        var reader = try RecordReader(response, memories)
        var answer = Answer()
        try reader.json.beginObject()
        while let key = try reader.json.nextKey() {
            switch key {
            case "response": try readResponse(&reader, &answer)
            case "code": answer.errorCode = try reader.scalar("code")
            default: try reader.skip()
            }
        }
        try reader.json.finish()
        answer.rowCount = reader.rowCount
        answer.unreadableCount = reader.unreadableCount
        answer.drift = reader.drift.words
        answer.objects = reader.objects
        return answer
    }

    private func readResponse(
        _ reader: inout RecordReader,
        _ answer: inout Answer
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
        _ answer: inout Answer
    ) throws(JSONError) {
        guard try reader.isNext(.array, "dataSet") else {
            answer.isListNull = try reader.json.readNull()
            if !answer.isListNull { try reader.skip() }
            return
        }
        try reader.images(into: &answer.images) { reader, images throws(JSONError) in
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
