/// The longer texts of the document.
enum OpenAPITexts {
    static let information = """
        One list of the VM images of several clouds. Every cloud is an *upstream*; its whole list is read, \
        normalized and kept; questions are answered from what is kept.

        Names are snake_case everywhere. Parameters that are unknown, repeated where they may be given once, \
        or hold a bad value are 400, and the problem names every one of them with what would be right.

        **Partial answers.** An upstream that fails or is slow costs its own images, never the answer: \
        `complete` is false and its entry in `upstreams` says why. Only when nobody could answer there is \
        502, or 504 when all ran out of time.

        **Methods.** Every GET route answers HEAD with the same fields and no content. On the public port each \
        answers OPTIONS with 204 and `Allow`, as does `OPTIONS *`. Other methods are 405, on the admin port \
        OPTIONS, too.

        **Encoding.** Answers are JSON in UTF-8; an `Accept` that excludes it is 406. They are compressed with gzip \
        from 1 KB on where `Accept-Encoding` allows it and gives `identity` no greater weight.

        **Paging.** `next_cursor`, and the `Link` header with it, leads to the next page. A cursor is opaque \
        and bound to its question: filters, `sort`, `latest_by` and the caller's scope. It holds a place in the \
        order, not a number of rows, so an image that exists throughout a walk is seen exactly once, whatever \
        else changes meanwhile; only one whose own sort key changes may move past the place that the walk has \
        reached, or back behind it. Cursors last three days and are good at every replica that has the same `cursor_key`.

        **Caching.** Lists of upstreams are kept for their `ttl`, then renewed behind the scenes, and used on \
        when an upstream fails; `fetched_at` and `age_seconds` say how old each is. Answers carry `ETag`, `Age`, \
        `Cache-Control` and `Cache-Status`; `If-None-Match` with a tag gives 304, and \
        `If-Match` with anything but `*` 412, because tags are weak. `Cache-Control` in a request \
        asks for newer lists or contents itself with older ones.

        **Requests that cannot be read** (RFC 9112) are refused with a problem document and the connection is \
        closed.
        """

    static let admin = """
        On its own port (`admin.address`), which is off unless it is configured. With `admin.key` every route \
        but the two probes needs the key. Without a key every route but the probes must be asked by an IP address or \
        `localhost`; requests other than GET and HEAD are never taken from web pages of another origin (`Origin`, \
        `Sec-Fetch-Site`). Both are 403.
        """

    static let list = """
        Filters hold together (AND); the values of one filter are alternatives (OR): repeat the parameter or \
        separate its values by commas. Commas separate after percent-decoding, so a value cannot hold one; \
        blanks around a value are dropped, empty values are 400. At most 256 parameters, 200 values of one \
        filter and 4096 bytes of one value.

        Rows are in a total order (`sort`, then `id`). `next_cursor` leads to the next page; an image that \
        exists throughout a walk over the pages, and keeps its place in the order, appears exactly once, even \
        if lists change meanwhile. \
        Between pages `limit`, `fields`, `facets`, `deadline`, `require` and `explain` may change; filters, \
        `sort` and `latest_by` may not.

        A filter that excludes an upstream (`provider`, `region`, `upstream`) leaves it unasked: its state is \
        `skipped`, which does not make an answer incomplete. An upstream that is switched off in the \
        configuration is `skipped`, too. One of the same provider and region as an upstream asked for by name \
        is asked with it: it may list the same images, and what one leaves open the other fills.

        `complete` is false as soon as one upstream gave nothing, gave less than it has or says it has, or gave \
        an old list because the newest attempt to read it failed. An old list that is given while a new one is \
        being read (`stale` without an error) is complete.
        """

    static let image = """
        The id is the global one, `provider:region:native_id`, percent-encoded as one path segment or with its \
        slashes as they are; the provider's own id works where only one image that is known carries it. 404 only \
        when every upstream that could know the image has said no; where one of them could not answer and none \
        knows it, it is 502 or 504.
        """

    static let upstreams = """
        In the order of the configuration; upstreams out of the caller's scope are left out. Asks nobody.
        """

    static let ifMatch = """
        ETags of which the answer must have one, or 412 comes; compared strongly (RFC 9110 §13.1.1). Tags here are \
        weak, which are never the same, so `*` alone can hold. Looked at before `If-None-Match`.
        """

    static let cacheControl = """
        `no-cache` reads lists anew (a burst of 5, then one such request a second per caller; more are 429); \
        `max-age=N` does so for lists older than N seconds, `min-fresh=N` for those that are not fresh for \
        N seconds more; `max-stale[=N]` accepts older ones; `only-if-cached` asks nobody: upstreams without a \
        kept list are `skipped` and the answer is incomplete. With `no-store` the answer is not kept, here or \
        on the way. Other directives are ignored. `Pragma: no-cache` counts where there is no `Cache-Control`.
        """
}
