import Testing
import Workbench

@Suite("Lines of runs")
struct StyledLineTests {
  private let line =
    StyledLine("Register", Style(.accent)) + StyledLine("(n1)") + StyledLine(" name 0", Style(.dim))

  @Test("A line that fits stays as it is; a longer one ends in an ellipsis in the style of the cut text")
  func truncation() {
    #expect(line.truncated(to: 19) == line)
    #expect(line.truncated(to: 11).text == "Register(n…")
    #expect(line.truncated(to: 11).runs.last?.style.role == .plain)
    #expect(line.truncated(to: 5).runs == [StyledRun("Regi…", Style(.accent))])
    #expect(line.truncated(to: 0).text == "")
    #expect(StyledLine("日本語").truncated(to: 4).text == "日…")
  }

  @Test("Padding aligns the text as requested")
  func padding() {
    #expect(StyledLine("ab").padded(to: 5).text == "ab   ")
    #expect(StyledLine("ab").padded(to: 5, alignment: .trailing).text == "   ab")
    #expect(StyledLine("ab").padded(to: 5, alignment: .center).text == " ab  ")
    #expect(StyledLine("abcdef").fitted(to: 4).text == "abc…")
  }

  @Test("Wrapping breaks at blanks and keeps the styles")
  func wrapping() {
    #expect(line.wrapped(to: 13).map(\.text) == ["Register(n1)", "name 0"])
    #expect(line.wrapped(to: 13).last?.runs.first?.style.role == .dim)
    #expect(StyledLine("abcdefgh").wrapped(to: 3).map(\.text) == ["abc", "def", "gh"])
    #expect(StyledLine("a b c").wrapped(to: 3).map(\.text) == ["a b", "c"])
    #expect(StyledLine("").wrapped(to: 3).count == 1)
  }
}
