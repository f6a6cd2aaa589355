import GatewayAPI
import Testing

@Suite("TableText")
struct TableTextTests {
    private let columns = [
        TableText.Column("NAME", widthMin: 6), TableText.Column("OS", rank: 1),
        TableText.Column("GB", isRightAligned: true, rank: 2),
    ]
    private let rows = [
        ["网关节点-2025", "ubuntu 22.04", "8"], ["a", "debian", "100"],
    ]

    private func lines(_ width: Int?) -> [String] {
        let table = TableText(columns, sample: rows, width: width)
        return [table.header] + rows.map(table.line)
    }

    @Test("Without a bound nothing is cut and columns align by cells")
    func unbounded() {
        #expect(
            lines(nil) == [
                "NAME           OS             GB",
                "网关节点-2025  ubuntu 22.04    8",
                "a              debian        100",
            ]
        )
    }

    @Test("A line that just fits stays whole; one cell less cuts the column that may be cut")
    func cutting() {
        #expect(lines(32)[1] == "网关节点-2025  ubuntu 22.04    8")
        #expect(lines(31)[1] == "网关节点-20…  ubuntu 22.04    8")
        #expect(lines(25)[1] == "网关…  ubuntu 22.04    8".replacing("网关…  ", with: "网关…   "))
    }

    @Test("Where cutting is not enough the column of the highest rank goes first")
    func leavingOut() {
        #expect(lines(24)[0] == "NAME        OS")
        #expect(lines(12) == ["NAME", "网关节点-20…", "a"])
    }

    @Test("No line is wider than the terminal, whatever its width", arguments: 6...40)
    func bounded(_ width: Int) {
        for line in lines(width) { #expect(CellText.width(line) <= width) }
    }

    @Test("Rows behind the sample are cut to the layout, and a line break makes no second line")
    func behindTheSample() {
        let table = TableText(columns, sample: rows, width: 40)
        #expect(
            table.line(["much longer than any\nother", "x", "1"]).hasPrefix("much longer …  x ")
        )
        #expect(!table.line(["a\nb", "\u{1B}", "1"]).contains { $0.isNewline || $0 == "\u{1B}" })
    }

    @Test("The default columns fit 80 cells and name image and system")
    func overview() {
        let table = TableText(ImageColumn.overview.map(\.table), sample: [], width: 80)
        #expect(table.header.hasPrefix("NAME  OS"))
    }
}
