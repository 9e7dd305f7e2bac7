import Foundation
import FoundationXML
import Testing
import Workbench

@Suite("A grid as a picture")
struct GridPictureTests {
  private func picture(_ draw: (inout Grid) -> Void) -> String {
    var grid = Grid(size: Size(width: 20, height: 3))
    draw(&grid)
    return GridPicture(grid, title: "a <test> & more").svg
  }

  @Test("It is well-formed XML, whatever the text")
  func wellFormed() {
    let svg = picture { grid in
      grid.drawFrame(grid.bounds, title: "<&>")
      grid.write(
        "\"]]> & <b> \u{1B}日本", at: Point(x: 1, y: 1), style: Style(.wrong, bold: true, reversed: true))
      grid.cursor = Point(x: 2, y: 1)
    }
    #expect(XMLParser(data: Data(svg.utf8)).parse())
    #expect(svg.contains("<title>a &lt;test&gt; &amp; more</title>"))
  }

  @Test("Lines are paths, not characters")
  func lines() {
    let svg = picture { $0.drawFrame($0.bounds) }
    #expect(svg.contains("<path "))
    #expect(!svg.unicodeScalars.contains { (0x2500...0x257F).contains($0.value) })
    #expect(!svg.contains("<text"))
  }

  @Test("A run of text is pinned to its columns, a symbol stands alone")
  func pinned() {
    let svg = picture { $0.write("ab cd ◆ x  ", at: Point(x: 2, y: 1)) }
    #expect(
      svg.contains(
        "<text x=\"32\" textLength=\"45\" lengthAdjust=\"spacingAndGlyphs\" y=\"47\" fill=\"#d5dbe3\">ab cd</text>"
      ))
    #expect(svg.contains("text-anchor=\"middle\" y=\"47\" fill=\"#d5dbe3\">◆</text>"))
    #expect(
      svg.contains("textLength=\"9\" lengthAdjust=\"spacingAndGlyphs\" y=\"47\" fill=\"#d5dbe3\">x</text>"))
  }

  @Test("A selection has a background in its own colour")
  func selection() {
    let svg = picture { $0.write("ab", at: Point(x: 0, y: 0), style: Style(.accent, reversed: true)) }
    #expect(svg.contains("<rect x=\"14\" y=\"14\" width=\"18\" height=\"19\" fill=\"#4db8d8\"/>"))
    #expect(svg.contains("fill=\"#15191f\">ab</text>"))
  }
}
