/// The providers that are simulated; raw values are the words of the gateway's configuration.
public enum SimulatedProvider: String, Sendable, Hashable, CaseIterable {
    case aries
    case zenlayer
    case huaweiIMS = "huawei-ims"
    case tencentCVM = "tencent-cvm"
    case gmi
}
