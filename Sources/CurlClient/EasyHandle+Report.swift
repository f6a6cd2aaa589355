internal import CCurl
internal import Upstreams

extension EasyHandle {
    /// What has come of a transfer that libcurl has ended.
    func outcome(_ result: CURLcode, _ transfer: CurlTransfer) -> CurlTransfer.Outcome {
        if let refusal = transfer.refusal { return .failure(refusal) }
        guard result == CURLE_OK else {
            return .failure(failure(result, transfer).after(requests: sendCount))
        }
        // libcurl takes the end of a connection for the end of a head.
        guard transfer.head.isComplete else { return .failure(.cutHead) }
        return .success(
            UpstreamResponse(
                status: number(CURLINFO_RESPONSE_CODE),
                fields: transfer.head.fields,
                body: transfer.body,
            )
        )
    }

    func report(_ transfer: CurlTransfer, _ outcome: CurlTransfer.Outcome) -> CurlCallReport {
        CurlCallReport(
            status: transfer.head.isComplete ? number(CURLINFO_RESPONSE_CODE) : nil,
            failure: outcome.failure?.code,
            sendCount: sendCount,
            sentBytes: number(CURLINFO_REQUEST_SIZE) + size(CURLINFO_SIZE_UPLOAD_T),
            receivedBytes: number(CURLINFO_HEADER_SIZE) + size(CURLINFO_SIZE_DOWNLOAD_T),
            bodyBytes: transfer.body.count,
            nameResolved: time(CURLINFO_NAMELOOKUP_TIME_T),
            connected: time(CURLINFO_CONNECT_TIME_T),
            secured: time(CURLINFO_APPCONNECT_TIME_T),
            firstByte: time(CURLINFO_STARTTRANSFER_TIME_T),
            total: time(CURLINFO_TOTAL_TIME_T),
            isConnectionReused: isConnectionReused,
            protocolVersion: protocolVersion,
        )
    }

    /// Where a call stands, in words that finish "no answer in time: the deadline passed …".
    func phase(_ transfer: CurlTransfer) -> String {
        if transfer.head.isComplete { return "before the answer was complete" }
        if size(CURLINFO_PRETRANSFER_TIME_T) > 0 { return "before the answer's head had come" }
        // libcurl stamps the connect time after the handshake only; the peer's port is there before.
        if number(CURLINFO_PRIMARY_PORT) > 0 { return "during the TLS handshake" }
        if size(CURLINFO_NAMELOOKUP_TIME_T) > 0 { return "while connecting" }
        return "while its name was being resolved"
    }

    private var isConnectionReused: Bool {
        connectionCount == 0 && size(CURLINFO_PRETRANSFER_TIME_T) > 0
    }

    /// Connections that were made for the call: none where it went over one from the pool.
    var connectionCount: Int { number(CURLINFO_NUM_CONNECTS) }

    var protocolVersion: CurlCallReport.ProtocolVersion {
        switch number(CURLINFO_HTTP_VERSION) {
        case Int(CURL_HTTP_VERSION_1_0): .http10
        case Int(CURL_HTTP_VERSION_1_1): .http11
        case Int(CURL_HTTP_VERSION_2_0): .http2
        default: .unknown
        }
    }
}

extension Result {
    fileprivate var failure: Failure? {
        if case .failure(let failure) = self { failure } else { nil }
    }
}
