internal import ImageModel
internal import JSONText
internal import Upstreams

/// Reads a provider's objects member by member. A member of the wrong type costs itself and a drift
/// word; only text that is no JSON costs the page.
struct RecordReader: ~Copyable {
    var json: JSONReader
    /// What `json` reads.
    let page: [UInt8]
    var drift = DriftNotes()
    var memory: PageMemory
    /// Elements of the list, whether or not they became images.
    private(set) var rowCount = 0
    /// Elements that have no id, or are no objects, or too long: they can be no images.
    private(set) var unreadableCount = 0
    /// The objects of the list; empty for a long page.
    private(set) var objects: [ListObject] = []

    private var known: KnownObjects
    private let isShort: Bool
    private let memories: PageMemories

    init(_ response: UpstreamResponse, _ memories: PageMemories) throws(JSONError) {
        json = try JSONReader(response.body, after: response.known?.body ?? [])
        page = response.body
        known = KnownObjects(response.known)
        // A list mostly has as many as last time.
        objects.reserveCapacity(response.known?.objects.count ?? 0)
        isShort = response.body.count <= KnownPage.byteCountMax
        memory = memories.take()
        self.memories = memories
    }

    deinit { memories.giveBack(memory) }

    // MARK: Lists

    /// Reads an array of objects; `decode` reads one object whole and appends what it means. Fails where there
    /// are elements and none of them can be an image: such a list is not known to be empty.
    private mutating func images(
        _ decode: (inout RecordReader, inout [Image]) throws(JSONError) -> Void
    ) throws(JSONError) -> [Image] {
        var images: [Image] = []
        let begin = json.offset
        try json.beginArray()
        while try json.nextElement() {
            rowCount += 1
            if skipKnown() { continue }
            if try isNext(.object, "row") {
                let (start, count, unreadable) = (json.offset, images.count, unreadableCount)
                try decode(&self, &images)
                drop(&images, after: count, wherePerImage: json.offset - start)
                if rowCount == 1 { images.reserveCapacity(rowCountEstimate(firstAt: start)) }
                // What cannot be read is looked at each time: only so a page of nothing else is noticed.
                guard isShort, unreadable == unreadableCount else { continue }
                let content = ListObject.Content.images(images.count - count)
                objects.append(ListObject(range: start..<json.offset, content: content))
            } else {
                unreadableCount += 1
                try json.skipValue()
            }
        }
        if rowCount > 0, unreadableCount == rowCount { throw JSONError(.noReadableRow, at: begin) }
        return images
    }

    /// Reads an array of objects as `images` does. Where an answer holds its list twice, or under both of its
    /// names, all rows count: they are noted in one row, and none is lost.
    mutating func images(
        into all: inout [Image]?,
        _ decode: (inout RecordReader, inout [Image]) throws(JSONError) -> Void
    ) throws(JSONError) {
        let more = try images(decode)
        if all == nil { all = more } else { all?.append(contentsOf: more) }
    }

    /// Upper bound on bytes that an object makes its images keep. Those of the providers have a few hundred, once for
    /// each region that an image is in.
    static let objectBytesMax = 256 << 10

    /// Takes the images of the object that was just read for none where all of them keep too many bytes of it.
    private mutating func drop(
        _ images: inout [Image],
        after count: Int,
        wherePerImage byteCount: Int
    ) {
        guard (images.count - count) * byteCount > RecordReader.objectBytesMax else { return }
        images.removeLast(images.count - count)
        unreadableCount += 1
        if !drift.isFull { drift.note("row:size") }
    }

    /// Notes that the object which is read has no usable id.
    mutating func noteMissing(id name: StaticString) {
        unreadableCount += 1
        if !drift.isFull { drift.note("\(name):missing") }
    }

    /// Skips the object that comes next if the known page has it.
    private mutating func skipKnown() -> Bool {
        guard let number = known.skip(in: &json) else { return false }
        let range = json.offset - known.byteCount(number)..<json.offset
        objects.append(ListObject(range: range, content: .known(number)))
        return true
    }

    /// Rows like the first one that the text has room for, and an eighth more, because to make room later would move
    /// them all. A tiny first row must not reserve much.
    private func rowCountEstimate(firstAt start: Int) -> Int {
        let count = json.byteCountLeft / max(json.offset - start, 128)
        return 1 + count + count / 8
    }

    /// Whether a value of that kind comes next; anything else but null is noted.
    mutating func isNext(_ kind: JSONKind, _ name: StaticString) throws(JSONError) -> Bool {
        let next = try json.peekKind()
        if next == kind { return true }
        if next != .null { noteType(name) }
        return false
    }

    // MARK: Members

    /// A string; `nil` for null and "".
    mutating func text(_ name: StaticString) throws(JSONError) -> String? {
        if let value = try json.readStringIfNext() { return value.isEmpty ? nil : value }
        try skipForeign(name)
        return nil
    }

    /// A string that images repeat, such as a system's name: as `text`, and shared with earlier images
    /// while it is remembered.
    mutating func repeatedText(_ name: StaticString) throws(JSONError) -> String? {
        if let value = try json.readStringIfNext(sharing: &memory.texts) {
            return value.isEmpty ? nil : value
        }
        try skipForeign(name)
        return nil
    }

    /// A string that is only compared with literals; `nil` for null and "".
    mutating func word(_ name: StaticString) throws(JSONError) -> JSONWord? {
        if let value = try json.readWordIfNext() { return value.isEmpty ? nil : value }
        try skipForeign(name)
        return nil
    }

    /// Upper bound on bytes of an image's id; an image with a longer one is skipped.
    static let identifierBytesMax = 256

    /// An image's id: a string or a number as it is written, bounded and without control characters.
    mutating func identifier(_ name: StaticString) throws(JSONError) -> String? {
        if let text = try json.readStringIfNext() {
            return RecordReader.isIdentifier(text.utf8.span) ? text : nil
        }
        guard let number = try json.readNumberTextIfNext() else {
            try json.skipValue()
            return nil
        }
        return number.utf8.count <= RecordReader.identifierBytesMax ? number : nil
    }

    /// The name of something that many images are in, which is always a string.
    mutating func repeatedIdentifier(_ name: StaticString) throws(JSONError) -> String? {
        let text = try repeatedText(name)
        return text.flatMap { RecordReader.isIdentifier($0.utf8.span) ? $0 : nil }
    }

    private static func isIdentifier(_ bytes: borrowing Span<UInt8>) -> Bool {
        (1...identifierBytesMax).contains(bytes.count) && bytes.isWithoutBlanks
    }

    /// A string that images repeat, or a number or boolean as it is written.
    mutating func scalar(_ name: StaticString) throws(JSONError) -> String? {
        if let value = try json.readStringIfNext(sharing: &memory.texts) {
            return value.isEmpty ? nil : value
        }
        if let number = try json.readNumberTextIfNext() { return number }
        switch try json.peekKind() {
        case .object, .array: noteType(name)
        default: break
        }
        return try json.readScalarText()
    }

    /// An integer from 0 on.
    mutating func count(_ name: StaticString) throws(JSONError) -> Int? {
        guard try isNext(.number, name) else {
            try json.skipValue()
            return nil
        }
        if let value = try json.readInteger(), value >= 0 { return Int(value) }
        if !drift.isFull { drift.note("\(name):range") }
        return nil
    }

    mutating func flag(_ name: StaticString) throws(JSONError) -> Bool? {
        guard try isNext(.bool, name) else {
            try json.skipValue()
            return nil
        }
        return try json.readBool()
    }

    /// RFC 3339; `nil` up to the epoch itself, which providers write where they have no date.
    mutating func date(_ name: StaticString) throws(JSONError) -> Timestamp? {
        // As most write it: to the second, in UTC.
        if let date = json.readPlainStringIfNext(byteCount: 20, { Timestamp(rfc3339: $0) }) {
            return date.microseconds > 0 ? date : nil
        }
        var isEmpty = false
        let date = try json.readStringIfNext { text in
            isEmpty = text.isEmpty
            return Timestamp(rfc3339: text)
        }
        guard let date else {
            try skipForeign(name)
            return nil
        }
        if let date { return date.microseconds > 0 ? date : nil }
        if !isEmpty, !drift.isFull { drift.note("\(name):date") }
        return nil
    }

    /// Strings of an array, which images repeat; elements of another type are left out.
    mutating func texts(_ name: StaticString) throws(JSONError) -> [String] {
        guard try isNext(.array, name) else {
            try json.skipValue()
            return []
        }
        var values: [String] = []
        try json.beginArray()
        while try json.nextElement() {
            if let value = try repeatedText(name) { values.append(value) }
        }
        return values
    }

    /// `key=value` of an array of objects, for example Tencent's `Tags`.
    mutating func tags(
        _ name: StaticString,
        key keyName: StaticString,
        value valueName: StaticString
    ) throws(JSONError) -> [String] {
        guard try isNext(.array, name) else {
            try json.skipValue()
            return []
        }
        var tags: [String] = []
        try json.beginArray()
        while try json.nextElement() {
            if let tag = try tag(name, keyName, valueName) { tags.append(tag) }
        }
        return tags
    }

    private mutating func tag(
        _ name: StaticString,
        _ keyName: StaticString,
        _ valueName: StaticString
    ) throws(JSONError) -> String? {
        guard try isNext(.object, name) else {
            try json.skipValue()
            return nil
        }
        var (key, value): (String?, String?)
        try json.beginObject()
        while let member = try json.nextKey() {
            if member == keyName {
                key = try scalar(keyName)
            } else if member == valueName {
                value = try scalar(valueName)
            } else {
                try json.skipValue()
            }
        }
        guard let key else { return nil }
        return value.map { "\(key)=\($0)" } ?? key
    }

    // MARK: What is left

    /// Notes what the claims about an image's system contradict each other about.
    @inline(__always)
    mutating func note(disagreements words: [String]) {
        if !words.isEmpty { noteAll(disagreements: words) }
    }

    private mutating func noteAll(disagreements words: [String]) {
        for word in words where !drift.isFull { drift.note("disagreement:\(word)") }
    }

    /// Skips a member that nobody maps.
    mutating func skip() throws(JSONError) {
        try json.skipValue()
    }

    /// Skips the member whose key was read last, and notes that key.
    mutating func skipUnknown() throws(JSONError) {
        if !drift.isFull { drift.noteUnknown(json.keyText) }
        try json.skipValue()
    }

    /// Skips a value that is no string; anything but null is noted.
    private mutating func skipForeign(_ name: StaticString) throws(JSONError) {
        _ = try isNext(.string, name)
        try json.skipValue()
    }

    private mutating func noteType(_ name: StaticString) {
        if !drift.isFull { drift.note("\(name):type") }
    }
}
