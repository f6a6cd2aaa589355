internal import CCurl
internal import TestKit

/// Five calls at a time with libcurl and nothing else, round after round on kept connections, with as many bytes of
/// header fields as the gateway sends. Nothing that comes is looked at: what asking alone costs.
enum BareTransfers {
    /// Seconds of processor time of a round, by a process of its own on the server's core.
    static func measured(
        _ origin: String,
        _ folder: TemporaryFolder
    ) throws(Unmeasured) -> Double {
        let output = folder.file("transfers")
        let process = try ChildProcess(
            [Programs.own, "peer", "transfers", origin, "3000"],
            on: Processors.ofServer,
            ChildProcess.Streams(output: output)
        )
        try process.finish(atMost: .seconds(60))
        guard let seconds = Double((File.text(output) ?? "").prefix { $0 != "\n" }) else {
            throw Unmeasured(reason: "the bare transfers said nothing")
        }
        return seconds
    }

    static func run(_ origin: String, rounds: Int) throws(Unmeasured) -> Double {
        guard ccurl_initialise(), let multi = curl_multi_init() else {
            throw Unmeasured(reason: "libcurl cannot be used")
        }
        let calls = ["aries", "zenlayer", "huawei", "tencent", "gmi"].compactMap {
            call("\(origin)/\($0)")
        }
        for _ in 0..<20 { ask(calls, multi) }
        let begin = ProcessorTime.ofThisProcess
        for _ in 0..<rounds { ask(calls, multi) }
        return (ProcessorTime.ofThisProcess - begin) / Double(rounds)
    }

    private static func call(_ url: String) -> UnsafeMutableRawPointer? {
        guard let call = curl_easy_init() else { return nil }
        var fields: UnsafeMutablePointer<curl_slist>?
        for line in [
            "Accept: application/json", "User-Agent: image-gateway/benchmark",
            "X-Date: 20260101T000000Z",
            "Authorization: " + String(repeating: "0123456789abcdef", count: 11),
        ] { fields = curl_slist_append(fields, line) }
        _ = ccurl_set_string(call, CURLOPT_URL, url)
        _ = ccurl_set_string(call, CURLOPT_ACCEPT_ENCODING, "")
        _ = ccurl_set_long(call, CURLOPT_NOSIGNAL, 1)
        _ = ccurl_set_fields(call, fields)
        let receiver: ccurl_receiver = { _, size, count, _ in size * count }
        _ = ccurl_set_receivers(call, receiver, receiver, nil)
        return call
    }

    private static func ask(
        _ calls: [UnsafeMutableRawPointer],
        _ multi: UnsafeMutableRawPointer
    ) {
        for call in calls { curl_multi_add_handle(multi, call) }
        var running: Int32 = 0
        repeat {
            curl_multi_perform(multi, &running)
            if running > 0 { curl_multi_poll(multi, nil, 0, 1_000, nil) }
        } while running > 0
        for call in calls { curl_multi_remove_handle(multi, call) }
    }
}
