public import Observability

extension TargetRedaction {
    /// For targets of the public port: values of the list's parameters are shown.
    public static let gateway = TargetRedaction(showing: ListParameter.allCases.map(\.rawValue))
    /// The same without values.
    fileprivate static let names = TargetRedaction(showing: [])
}

extension RequestRecord {
    /// What is shown of the target. Values are where something read them and took none for a mistake.
    public var targetRedaction: TargetRedaction {
        let hasParameters = route == .list || route == .image
        return hasParameters && isQuestionRead ? .gateway : .names
    }

    /// Whoever is refused for what he shows, asks too often or leaves is answered before that, or nobody knows.
    private var isQuestionRead: Bool {
        switch status {
        case 200, 304, 404, 412, 502, 504: method == .get || method == .head
        default: false
        }
    }
}
