internal import Upstreams

extension PagePosition {
    /// Upper bound on rows before a page; beyond it a walk has lost its way.
    static let offsetMax = 1 << 40

    /// Rows before this page. Fails with `pagingFault` for a position that counts in another way.
    var rowOffset: Int {
        get throws(UpstreamError) {
            switch self {
            case .first: return 0
            case .offset(let offset) where (0...PagePosition.offsetMax).contains(offset):
                return offset
            default: throw PagePosition.foreign
            }
        }
    }

    /// 1-based number of this page, and rows before it. Fails like `rowOffset`.
    var pageNumber: (number: Int, rowOffset: Int) {
        get throws(UpstreamError) {
            switch self {
            case .first: return (1, 0)
            case .number(let number, let offset)
            where (1...PagePosition.offsetMax).contains(number)
                && (0...PagePosition.offsetMax).contains(offset):
                return (number, offset)
            default: throw PagePosition.foreign
            }
        }
    }

    static var foreign: UpstreamError {
        UpstreamError(.pagingFault, "The walk over the pages lost its position.")
    }
}
