import Testing

@Suite("Reading sources")
struct SourceTextTests {
    @Test("Comments and string contents are no code, interpolations are")
    func stripping() {
        let text = SourceText(
            #"""
            let a = "try! {" // try!
            let b = "\(call("x") + 1) {" /* try!
            still { */ let c = #"a " { \(no)"#
            let d = """
                TODO { \(value)
                """ + e
            """#
        )
        #expect(
            text.codeLines == [
                "let a =  ", "let b = call() + 1 ", " let c = ", "let d = ", "value", " + e",
            ]
        )
    }

    @Test("A function is as long as from its declaration to its closing brace")
    func lengths() {
        let body = String(repeating: "    call { }\n", count: 69)
        let source = """
            protocol P {
                func open()
            }
            func long(
                _ a: () -> Void = {}
            ) {
            \(body)}
            struct S {
                init() { }
            }
            """
        let functions = FunctionLengths(SourceText(source)).functions
        #expect(functions.map(\.line) == [4, 78])
        #expect(functions.map(\.lineCount) == [73, 1])
    }
}
