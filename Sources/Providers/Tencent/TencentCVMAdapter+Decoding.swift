internal import ImageModel
internal import JSONText
internal import Upstreams

/// Answers of both generations: errors come with status 200, inside `Response` or flat.
extension TencentCVMAdapter {
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

    func page(_ response: UpstreamResponse, offset: Int) throws(UpstreamError) -> ListPage {
        guard response.status == 200 else { throw refusal(response) }
        let answer: Answer
        do throws(JSONError) {
            answer = try read(response)
        } catch {
            throw UpstreamError(unreadable: error, response)
        }
        if let code = answer.errorCode { throw TencentErrorCode.error(code, response) }
        guard let images = answer.images ?? (answer.isListNull && answer.total == 0 ? [] : nil)
        else { throw UpstreamError(withoutList: response) }
        return ListPage(
            images: images,
            next: next(after: offset, answer),
            total: answer.total,
            unreadableCount: answer.unreadableCount,
            drift: answer.drift,
            objects: answer.objects
        )
    }

    /// Counts by the rows that came, not by those asked for. A total that is exactly reached ends the
    /// list; one that is not yet reached is worth another call even after a short page, because a
    /// provider may cap its pages; one that is passed has lied and leaves the word to the page.
    private func next(after offset: Int, _ answer: Answer) -> PagePosition? {
        let reached = offset + answer.rowCount
        guard answer.rowCount > 0, reached <= PagePosition.offsetMax else { return nil }
        let isFull = answer.rowCount >= pageSize
        guard let total = answer.total else { return isFull ? .offset(reached) : nil }
        if reached == total { return nil }
        return reached < total || isFull ? .offset(reached) : nil
    }

    /// Documented answers are all 200; this is a proxy, or the provider's front door in trouble.
    private func refusal(_ response: UpstreamResponse) -> UpstreamError {
        let body = ErrorBody(response)
        let code = ErrorBody.code(body.value["Response"]?["Error"]?["Code"]) ?? body.code("code")
        return UpstreamError(answer: response, providerCode: TencentErrorCode.shown(code))
    }

    // MARK: Envelope

    private func read(_ response: UpstreamResponse) throws(JSONError) -> Answer {
        var reader = try RecordReader(response, memories)
        var answer = Answer()
        try reader.json.beginObject()
        while let key = try reader.json.nextKey() {
            switch key {
            case "Response": try readResponse(&reader, &answer)
            case "code":
                let code = try reader.scalar("code")
                if let code, code != "0" { answer.errorCode = code }
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
        guard try reader.isNext(.object, "Response") else { return try reader.skip() }
        try reader.json.beginObject()
        while let key = try reader.json.nextKey() {
            switch key {
            case "ImageSet": try readList(&reader, &answer)
            case "TotalCount": answer.total = try reader.count("TotalCount")
            case "Error": answer.errorCode = try readErrorCode(&reader)
            case "RequestId", "RequestID": try reader.skip()
            default: try reader.skipUnknown()
            }
        }
    }

    private func readList(
        _ reader: inout RecordReader,
        _ answer: inout Answer
    ) throws(JSONError) {
        guard try reader.isNext(.array, "ImageSet") else {
            answer.isListNull = try reader.json.readNull()
            if !answer.isListNull { try reader.skip() }
            return
        }
        try reader.images(into: &answer.images) { reader, images throws(JSONError) in
            var record = TencentImageRecord()
            try record.read(&reader)
            record.append(to: &images, region: region, &reader)
        }
    }

    private func readErrorCode(_ reader: inout RecordReader) throws(JSONError) -> String? {
        guard try reader.isNext(.object, "Error") else {
            try reader.skip()
            return nil
        }
        var code = ""
        try reader.json.beginObject()
        while let key = try reader.json.nextKey() {
            if key == "Code" {
                code = try reader.scalar("Code") ?? ""
            } else {
                try reader.skip()
            }
        }
        return code
    }
}
