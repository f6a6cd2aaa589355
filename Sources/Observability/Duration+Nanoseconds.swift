extension Duration {
    /// Whole nanoseconds, towards zero; the nearest that fits for what is longer than 292 years.
    @inlinable @inline(__always)
    public var wholeNanoseconds: Int64 {
        let attoseconds = attoseconds
        // Nine seconds and less, the usual case, need no division of 128 bits.
        if let short = Int64(exactly: attoseconds) { return short / 1_000_000_000 }
        return Int64(clamping: attoseconds / 1_000_000_000)
    }
}
