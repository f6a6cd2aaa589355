import Observability

/// A value that has been checked: of its kind, within its range, secrets resolved.
indirect enum SettledValue: Sendable, Hashable {
    case text(String)
    case address(ListenAddress)
    case integer(Int)
    case number(Double)
    case flag(Bool)
    case duration(Duration)
    case size(Int)
    case secret(Redacted<String>)
    case object(SettledObject)
    /// An element that is wrong is `nil` and keeps its place.
    case list([SettledValue?])
}

/// The checked members of an object, defaults filled in. A member that is wrong or absent is missing.
struct SettledObject: Sendable, Hashable {
    var members: [String: SettledValue] = [:]

    subscript(key: String) -> SettledValue? { members[key] }

    func text(_ key: String) -> String? {
        if case .text(let value) = members[key] { value } else { nil }
    }

    func address(_ key: String) -> ListenAddress? {
        if case .address(let value) = members[key] { value } else { nil }
    }

    /// Of an integer or a size.
    func integer(_ key: String) -> Int? {
        switch members[key] {
        case .integer(let value), .size(let value): value
        default: nil
        }
    }

    func number(_ key: String) -> Double? {
        if case .number(let value) = members[key] { value } else { nil }
    }

    func flag(_ key: String) -> Bool? {
        if case .flag(let value) = members[key] { value } else { nil }
    }

    func duration(_ key: String) -> Duration? {
        if case .duration(let value) = members[key] { value } else { nil }
    }

    func secret(_ key: String) -> Redacted<String>? {
        if case .secret(let value) = members[key] { value } else { nil }
    }

    func object(_ key: String) -> SettledObject? {
        if case .object(let value) = members[key] { value } else { nil }
    }

    func list(_ key: String) -> [SettledValue?] {
        if case .list(let value) = members[key] { value } else { [] }
    }

    /// The texts of a list, with their places in it.
    func texts(_ key: String) -> [(index: Int, text: String)] {
        list(key).enumerated().compactMap { index, element in
            if case .text(let value) = element { (index, value) } else { nil }
        }
    }

    /// The objects of a list, with their places in it.
    func objects(_ key: String) -> [(index: Int, object: SettledObject)] {
        list(key).enumerated().compactMap { index, element in
            if case .object(let value) = element { (index, value) } else { nil }
        }
    }
}
