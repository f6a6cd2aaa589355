internal import CCurl
internal import Upstreams

/// One libcurl easy handle, the buffer for its error text, its URL and the list of its header fields.
/// Belongs to the thread of the engine that made it.
final class EasyHandle {
    let raw: UnsafeMutableRawPointer
    private let errorText: UnsafeMutablePointer<CChar>
    private let sendings: UnsafeMutablePointer<ccurl_sendings>
    /// Parsed once for all calls that are made with it.
    private var url: OpaquePointer?
    private var fields: UnsafeMutablePointer<curl_slist>?
    /// The first option that libcurl refused since `reset()`.
    private(set) var refusal = CURLE_OK
    /// What the options are set for.
    private var call: PreparedCall?

    /// A class: it is looked at with each call, and a copy has many references to count.
    private final class PreparedCall {
        let request: UpstreamRequest
        let policy: TransportPolicy

        init(_ request: UpstreamRequest, _ policy: TransportPolicy) {
            self.request = request
            self.policy = policy
        }
    }

    /// `nil` when memory is short.
    init?() {
        guard let raw = curl_easy_init() else { return nil }
        self.raw = raw
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        sendings = .allocate(capacity: 1)
        sendings.initialize(to: ccurl_sendings())
    }

    deinit {
        curl_easy_cleanup(raw)
        curl_url_cleanup(url)
        curl_slist_free_all(fields)
        errorText.deallocate()
        sendings.deallocate()
    }

    /// All options to their defaults; live connections, names and TLS sessions stay with the multi handle.
    private func reset() {
        curl_easy_reset(raw)
        curl_url_cleanup(url)
        curl_slist_free_all(fields)
        (url, fields) = (nil, nil)
        refusal = CURLE_OK
        errorText[0] = 0
        note(ccurl_set_error_text(raw, errorText))
        note(ccurl_set_sendings(raw, sendings))
    }

    /// Sets every option of a call, its timeout and receivers apart.
    func prepare(for transfer: CurlTransfer, userAgent: String, connectTimeout: Duration) {
        reset()
        call = PreparedCall(transfer.request, transfer.policy)
        prepare(
            transfer.request,
            policy: transfer.policy,
            userAgent: userAgent,
            connectTimeout: connectTimeout
        )
    }

    /// Whether the options are set for this very call. A list that is asked for again within a second is
    /// asked for with the same request, and then setting them all anew costs more than the rest of the call.
    func isPrepared(for transfer: CurlTransfer) -> Bool {
        guard refusal == CURLE_OK, let call else { return false }
        return call.request == transfer.request && call.policy == transfer.policy
    }

    /// Whether its last call was to that URL.
    func hasAsked(_ url: String) -> Bool { call?.request.url == url }

    // MARK: Options

    func set(_ option: CURLoption, _ value: Int) {
        note(ccurl_set_long(raw, option, value))
    }

    /// For an option that the call can do without.
    func hint(_ option: CURLoption, _ value: Int) {
        _ = ccurl_set_long(raw, option, value)
    }

    func set(_ option: CURLoption, size: Int) {
        note(ccurl_set_size(raw, option, curl_off_t(size)))
    }

    func set(_ option: CURLoption, _ value: String?) {
        note(ccurl_set_string(raw, option, value))
    }

    func set(body: [UInt8]) {
        note(body.withUnsafeBytes { ccurl_set_body(raw, $0.baseAddress, $0.count) })
    }

    func set(authorities pem: [UInt8]) {
        note(pem.withUnsafeBytes { ccurl_set_authorities(raw, $0.baseAddress, $0.count) })
    }

    func set(head: ccurl_receiver, body: ccurl_receiver, context: UnsafeMutableRawPointer) {
        note(ccurl_set_receivers(raw, head, body, context))
    }

    func set(closer: ccurl_closer, context: UnsafeMutableRawPointer) {
        note(ccurl_set_closer(raw, closer, context))
    }

    /// Signed paths reach the provider as they were signed.
    func set(url text: String) {
        guard let url = curl_url() else { return note(CURLE_OUT_OF_MEMORY) }
        self.url = url
        let flags = UInt32(CURLU_PATH_AS_IS | CURLU_DISALLOW_USER)
        guard curl_url_set(url, CURLUPART_URL, text, flags) == CURLUE_OK else {
            return note(CURLE_URL_MALFORMAT)
        }
        note(ccurl_set_url(raw, url))
    }

    func append(fieldLine: String) {
        guard let longer = curl_slist_append(fields, fieldLine) else {
            return note(CURLE_OUT_OF_MEMORY)
        }
        fields = longer
    }

    func useFields() {
        note(ccurl_set_fields(raw, fields))
    }

    private func note(_ code: CURLcode) {
        if refusal == CURLE_OK { refusal = code }
    }

    // MARK: Facts

    func number(_ info: CURLINFO) -> Int {
        ccurl_get_long(raw, info)
    }

    func size(_ info: CURLINFO) -> Int {
        Int(ccurl_get_size(raw, info))
    }

    /// libcurl's clock readings are microseconds since the start of the call.
    func time(_ info: CURLINFO) -> Duration {
        .microseconds(size(info))
    }

    /// The last connection's socket, where it is still open.
    var socket: Int32? {
        let socket = ccurl_get_socket(raw)
        return socket < 0 ? nil : socket
    }

    /// A call that is made again must not be told how it went before.
    func begin(onNewConnection: Bool) {
        errorText[0] = 0
        sendings.pointee.count = 0
        set(CURLOPT_FRESH_CONNECT, onNewConnection ? 1 : 0)
    }

    /// How often the request of the last call was sent.
    var sendCount: Int { sendings.pointee.count }

    /// libcurl's own words about the last failure. They may name hosts: read them, never pass them on.
    var failureText: String { String(cString: errorText) }
}
