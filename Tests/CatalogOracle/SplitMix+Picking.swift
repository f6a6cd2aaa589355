public import TestKit

extension SplitMix {
    public mutating func chance(_ percent: Int) -> Bool {
        Int.random(in: 0..<100, using: &self) < percent
    }

    public mutating func pick<Value>(_ values: [Value]) -> Value {
        values[Int.random(in: values.indices, using: &self)]
    }

    /// `nil` once in a while.
    mutating func maybe<Value>(_ values: [Value]) -> Value? {
        chance(25) ? nil : pick(values)
    }
}
