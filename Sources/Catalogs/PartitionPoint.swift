extension Range<Int> {
    /// The first element that passes, given that all behind it pass too; the upper bound when none does.
    @inline(__always)
    func partitionPoint(where passes: (Int) -> Bool) -> Int {
        var (low, high) = (lowerBound, upperBound)
        while low < high {
            let middle = (low + high) / 2
            if passes(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
