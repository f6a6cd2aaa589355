/// What was seen at worst while providers were in trouble.
struct TroubleFigures: Sendable {
    var cases = 0
    var longestAnswer = Duration.zero
    var longestRecovery = Duration.zero

    mutating func add(_ other: TroubleFigures) {
        cases += other.cases
        longestAnswer = max(longestAnswer, other.longestAnswer)
        longestRecovery = max(longestRecovery, other.longestRecovery)
    }

    func tell(_ what: String) {
        print(
            "seen: \(cases) \(what), answered within \(longestAnswer.milliseconds) ms of "
                + "\(FaultGateway.requestDeadline.milliseconds), whole again within "
                + "\(longestRecovery.milliseconds) ms, breaker interval \(FaultGateway.openFor.milliseconds) ms"
        )
    }
}

extension Duration {
    fileprivate var milliseconds: Int {
        Int(components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000)
    }
}
