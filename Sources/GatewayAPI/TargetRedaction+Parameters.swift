public import Observability

extension TargetRedaction {
    /// For targets of the public port: values of the list's parameters are shown.
    public static let gateway = TargetRedaction(showing: ListParameter.allCases.map(\.rawValue))
}
