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
        return hasParameters && status != 400 ? .gateway : .names
    }
}
