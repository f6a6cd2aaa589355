/// How a query ended, as its exit status.
enum QueryStatus: Int32 {
    case complete = 0
    case failed = 1
    case misunderstood = 2
    case partial = 3
}
