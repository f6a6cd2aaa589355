/// Which containers are open, one bit each; memory is needed from the 65th on.
struct BracketStack {
    private var count = 0
    /// Objects among the innermost containers, the last one lowest.
    private var objects: UInt64 = 0
    /// Full words of containers further out.
    private var outer: [UInt64] = []

    var isEmpty: Bool { count == 0 }

    var isInObject: Bool { objects & 1 == 1 }

    mutating func push(isObject: Bool) {
        if count > 0, count & 63 == 0 {
            outer.append(objects)
            objects = 0
        }
        objects = objects << 1 | (isObject ? 1 : 0)
        count += 1
    }

    mutating func pop() {
        objects >>= 1
        count -= 1
        if count & 63 == 0, let last = outer.popLast() { objects = last }
    }
}
