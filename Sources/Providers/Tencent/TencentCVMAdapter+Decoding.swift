internal import ImageModel
internal import JSONText
internal import Upstreams

/// Answers of both generations: errors come with status 200, inside `Response` or flat.
extension TencentCVMAdapter {
    func page(_ response: UpstreamResponse, offset: Int) throws(UpstreamError) -> ListPage {
        guard response.status == 200 else { throw refusal(response) }
        let answer: ListEnvelope
        do throws(JSONError) {
            answer = try read(response)
        } catch {
            throw UpstreamError(unreadable: error, response)
        }
        if let code = answer.errorCode { throw TencentErrorCode.error(code, response) }
        guard let images = answer.list else { throw UpstreamError(withoutList: response) }
        let reached = answer.reached(from: offset, pageSize: pageSize)
        return answer.page(images, next: reached.map { .offset($0) })
    }

    /// Documented answers are all 200; this is a proxy, or the provider's front door in trouble.
    private func refusal(_ response: UpstreamResponse) -> UpstreamError {
        let body = ErrorBody(response)
        let code = ErrorBody.code(body.value["Response"]?["Error"]?["Code"]) ?? body.code("code")
        return UpstreamError(answer: response, providerCode: TencentErrorCode.shown(code))
    }

    // MARK: Envelope

    private func read(_ response: UpstreamResponse) throws(JSONError) -> ListEnvelope {
        var reader = try RecordReader(response, memories)
        var answer = ListEnvelope()
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
        try answer.finish(&reader)
        return answer
    }

    private func readResponse(
        _ reader: inout RecordReader,
        _ answer: inout ListEnvelope
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
        _ answer: inout ListEnvelope
    ) throws(JSONError) {
        try answer.readList("ImageSet", &reader) { reader, images throws(JSONError) in
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
