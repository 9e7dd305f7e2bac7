import Testing
import Workbench

@Suite("A screen in ASCII")
struct TransliterationTests {
  @Test("Every cell becomes one ASCII character, and the columns stay")
  func columns() {
    var grid = Grid(size: Size(width: 24, height: 3))
    grid.drawFrame(grid.bounds, title: "Zürich", focused: true)
    grid.write("◆ ╳ ✓ ✗ · … → 日本 €é", at: Point(x: 1, y: 1))
    let ascii = grid.transliteratedToASCII()
    #expect(ascii.text == "+->Zurich -------------+\n|* X v x . . > ? ?  ?e |\n+----------------------+")
    #expect(ascii.cells.allSatisfy { $0.character.utf8.count == 1 })
    #expect(ascii.cells.map(\.style) == grid.cells.map(\.style))
  }

  @Test(
    "Letters lose their accents",
    arguments: [("é", "e"), ("Å", "A"), ("ł", "l"), ("ø", "o"), ("e\u{301}", "e"), ("λ", "?")])
  func letters(character: String, plain: String) {
    #expect(Transliteration.ascii(character) == plain)
  }
}
