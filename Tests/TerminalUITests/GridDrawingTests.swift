import Testing
import Workbench

@Suite("Drawing on a grid")
struct GridDrawingTests {
  @Test("Frames that share an edge are joined, and the focused one is marked")
  func sharedEdges() {
    var grid = Grid(size: Size(width: 22, height: 5))
    grid.drawFrame(Rectangle(x: 0, y: 0, width: 12, height: 3), title: "Nodes", focused: true)
    grid.drawFrame(Rectangle(x: 0, y: 2, width: 12, height: 3), title: "Trace")
    grid.drawFrame(Rectangle(x: 11, y: 0, width: 11, height: 5), title: "Actions on it")
    #expect(
      grid.text == """
        ┌─▸Nodes ──┬─ Actio… ┐
        │          │         │
        ├─ Trace ──┤         │
        │          │         │
        └──────────┴─────────┘
        """)
    #expect(grid[2, 0].style.role == .accent)
    #expect(grid[3, 0].style.bold)
  }

  @Test("A rule joins the lines at its ends and crosses the lines between")
  func rules() {
    var grid = Grid(size: Size(width: 7, height: 5))
    grid.drawFrame(grid.bounds)
    grid.drawVerticalRule(x: 3, from: 0, to: 4)
    grid.drawHorizontalRule(from: 0, to: 6, y: 2)
    #expect(grid.text == "┌──┬──┐\n│  │  │\n├──┼──┤\n│  │  │\n└──┴──┘")
  }

  @Test(
    "Text is clipped on every side", arguments: [(-2, "cdef"), (0, "abcdef"), (4, "    abcdef"), (18, "")])
  func clipping(x: Int, expected: String) {
    var grid = Grid(size: Size(width: 10, height: 1))
    grid.write("abcdef", at: Point(x: x, y: 0))
    #expect(grid.text == expected)
    grid.write("nothing", at: Point(x: 0, y: -1))
    grid.write("nothing", at: Point(x: 0, y: 1))
    #expect(grid.text == expected)
  }

  @Test("Clip rectangles and maximum widths are respected")
  func clipRectangle() {
    var grid = Grid(size: Size(width: 10, height: 2))
    let used = grid.write("abcdefgh", at: Point(x: 1, y: 0), in: Rectangle(x: 2, y: 0, width: 4, height: 1))
    #expect(grid.text == "  bcde\n")
    #expect(used == 5)
    #expect(grid.write("abcdefgh", at: Point(x: 0, y: 1), maxWidth: 3) == 3)
    #expect(grid.rowText(1) == "abc")
  }

  @Test("A wide character takes two cells and is never cut in two")
  func wideCharacters() {
    var grid = Grid(size: Size(width: 6, height: 1))
    grid.write("日本語x", at: Point(x: 0, y: 0))
    #expect(grid[1, 0].character == "")
    #expect(grid.text == "日本語")
    grid.write("-", at: Point(x: 1, y: 0))
    #expect(grid.text == " -本語")
    grid.write("-", at: Point(x: 2, y: 0))
    #expect(grid.text == " -- 語")
    grid.write("x", at: Point(x: 5, y: 0))
    grid.write("日", at: Point(x: 5, y: 0))
    #expect(grid.text == " --")
    grid.write("日a", at: Point(x: -1, y: 0))
    #expect(grid.text == " a-")
  }

  @Test(
    "No character that a terminal acts on gets into a cell",
    arguments: [
      ("a\u{1B}[31mb", "a^[[31mb"), ("\u{7F}\u{0}\n", "^?^@^J"), ("\u{9B}2J", "<U+009B>2J"),
      ("\u{202E}x", "<U+202E>x"),
      ("e\u{301}", "e\u{301}"), ("\u{301}", " \u{301}"), ("a\r\nb", "a^M^Jb"),
    ])
  func escapes(text: String, shown: String) {
    var grid = Grid(size: Size(width: 40, height: 1))
    let used = grid.write(text, at: Point(x: 0, y: 0))
    #expect(grid.text == shown)
    #expect(used == Glyph.width(of: text))
    #expect(
      grid.cells.allSatisfy {
        $0.character.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
      })
  }

  @Test(
    "Widths follow East Asian Width, counted per scalar",
    arguments: [
      ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("🙂", 2), ("─◆✓", 3), ("한", 2), ("", 0), ("👨‍👩‍👧", 6),
    ])
  func widths(text: String, width: Int) {
    #expect(Glyph.width(of: text) == width)
    #expect(Glyphs(text).reduce(0) { $0 + $1.width } == width)
  }

  @Test("Too many marks on one character are left out")
  func manyMarks() {
    let glyphs = Array(Glyphs("a" + String(repeating: "\u{301}", count: 20) + "b"))
    #expect(glyphs.count == 2)
    #expect(glyphs.first?.text.unicodeScalars.count == 4)
  }

  @Test("Tabs extend to the next stop")
  func tabs() {
    #expect(Glyph.expandingTabs(in: "\tx\ty日\tz") == "        x       y日     z")
  }

  @Test("A selected row is reversed over its whole width")
  func selectedRow() {
    var grid = Grid(size: Size(width: 8, height: 1))
    grid.write("ab", row: 0, of: Rectangle(x: 1, y: 0, width: 6, height: 1), selected: true)
    #expect((0..<8).map { grid[$0, 0].style.reversed } == [false, true, true, true, true, true, true, false])
  }

  @Test("A scroll mark is at the end if the end is visible, and missing if everything is")
  func scrollMark() {
    var grid = Grid(size: Size(width: 1, height: 4))
    grid.drawScrollMark(x: 0, from: 0, height: 4, first: 12, count: 16)
    #expect(grid.text == "\n\n\n┃")
    var whole = Grid(size: Size(width: 1, height: 4))
    whole.drawScrollMark(x: 0, from: 0, height: 4, first: 0, count: 4)
    #expect(whole.text == "\n\n\n")
  }
}
