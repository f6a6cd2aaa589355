import ImageModel
import Testing

struct ImageOrderTests {
    @Test("A sort text reads term by term, a repeated field once")
    func parses() throws {
        let order = try ImageOrder(parsing: "-created_at, name,created_at")
        #expect(order.terms == [.init(.createdAt, descending: true), .init(.name)])
        #expect(order.text == "-created_at,name")
        #expect(try ImageOrder(parsing: "") == .standard)
    }

    @Test(
        "A word that is no sort field is named",
        arguments: ["nmae", "-", "--name", "name,,region", "Name"]
    )
    func unknown(text: String) {
        #expect(throws: ImageOrder.UnknownField.self) { try ImageOrder(parsing: text) }
    }
}
