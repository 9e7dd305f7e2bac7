import TLASyntax
import Testing

@Suite struct DiagnosticRendererTests {
  private func render(_ text: String, _ start: Int, _ end: Int) -> [String] {
    let file = SourceFile(name: "a.tla", text: text)
    let problem = Diagnostic(
      .error, .specification, .expected, "wrong", at: SourceSpan(file: file, start: start, end: end))
    return DiagnosticRenderer.render(problem).split(separator: "\n", omittingEmptySubsequences: false).map(
      String.init)
  }

  @Test func theSpanIsMarked() {
    #expect(
      render("ab\ncd efg h", 6, 9) == [
        "a.tla:2:4: error: wrong [expected]", "  2 | cd efg h", "    |    ^~~",
      ])
  }

  @Test func anEmptySpanGetsOneMark() {
    #expect(render("abc", 3, 3) == ["a.tla:1:4: error: wrong [expected]", "  1 | abc", "    |    ^"])
  }

  @Test func aSpanOverLinesIsMarkedToTheEndOfItsFirst() {
    #expect(
      render("ab cd\nef", 3, 8) == ["a.tla:1:4: error: wrong [expected]", "  1 | ab cd", "    |    ^~"])
  }

  @Test func tabsAndWideCharactersKeepTheMarkInPlace() {
    #expect(
      render("a\tb", 2, 3) == ["a.tla:1:3: error: wrong [expected]", "  1 | a       b", "    |         ^"])
    #expect(render("漢字 x", 7, 8) == ["a.tla:1:4: error: wrong [expected]", "  1 | 漢字 x", "    |      ^"])
    #expect(
      render("e\u{301} x", 4, 5) == ["a.tla:1:4: error: wrong [expected]", "  1 | e\u{301} x", "    |   ^"])
  }

  @Test func controlCharactersAreShownEscaped() {
    #expect(render("\u{1B}[2Jx\u{202E}", 4, 5)[1] == "  1 | \\u{1B}[2Jx\\u{202E}")
    #expect(render("\u{1B}[2Jx", 4, 5)[2] == "    |          ^")
  }

  @Test func aLongLineIsShownAroundTheSpan() {
    let lines = render(
      String(repeating: "x ", count: 500) + "HERE" + String(repeating: " y", count: 500), 1000, 1004)
    #expect(lines[0] == "a.tla:1:1001: error: wrong [expected]")
    #expect(lines[1].contains("HERE") && lines[1].count <= 110)
    let text = Array(lines[1])
    let marks = Array(lines[2])
    let first = marks.firstIndex(of: "^") ?? 0
    #expect(String(text[first..<first + 4]) == "HERE")
    #expect(String(marks[first...]) == "^~~~")
  }

  @Test func notesAndHintsFollow() {
    let file = SourceFile(name: "a.tla", text: "x y")
    let problem = Diagnostic(
      .warning, .specification, .expected, "odd", at: SourceSpan(file: file, start: 2, end: 3),
      notes: [
        Diagnostic.Note(message: "see", span: SourceSpan(file: file, start: 0, end: 1)),
        Diagnostic.Note(message: "no place"),
      ], hint: "do it")
    #expect(
      DiagnosticRenderer.render(problem)
        == """
        a.tla:1:3: warning: odd [expected]
          1 | x y
            |   ^
        a.tla:1:1: note: see
          1 | x y
            | ^
        note: no place
        hint: do it
        """)
    #expect(
      DiagnosticRenderer.render(Diagnostic(.error, .configuration, .expected, "nothing"))
        == "error: nothing [expected]")
  }

  @Test func closestNameForgivesSmallMistakes() {
    let names = ["Register", "Unregister", "Next", "Init", "vars"]
    #expect(closestName(to: "Regsiter", in: names) == "Register")
    #expect(closestName(to: "next", in: names) == "Next")
    #expect(closestName(to: "Initt", in: names) == "Init")
    #expect(closestName(to: "Spec", in: names) == nil)
    #expect(closestName(to: "x", in: ["y"]) == nil)
    #expect(closestName(to: "Next", in: names) == nil)
    #expect(closestName(to: "abd", in: ["abe", "abc"]) == "abc")
  }

  @Test func positionsCountScalarsAndTabsCountOne() {
    let file = SourceFile(name: "a.tla", text: "\t∀x\r\ny")
    #expect(file.position(of: 4) == SourcePosition(line: 1, column: 3))
    #expect(file.line(1) == "\t∀x")
    #expect(file.position(of: 7) == SourcePosition(line: 2, column: 1))
  }
}
