import JSONText

/// A member that a provider leaves out, sends as null, or fills.
enum Presence: Sendable, Hashable {
    case absent
    case null
    case text(String)

    /// What a reader may take from it: empty texts say nothing.
    var meaning: String? {
        if case .text(let value) = self, !value.isEmpty { value } else { nil }
    }

    /// One of the three ways to say nothing, or the text where there is one.
    init(_ text: String?, otherwise draw: inout Draw) {
        if let text {
            self = .text(text)
        } else {
            self = draw.pick([.absent, .null, .text("")])
        }
    }
}

extension JSONWriter {
    mutating func member(_ name: String, _ presence: Presence) {
        switch presence {
        case .absent: break
        case .null: member(name, nil as String?)
        case .text(let value): member(name, value)
        }
    }
}
