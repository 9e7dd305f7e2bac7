import StateSpace
import Testing
import Traces

@testable import Workbench

/// What leaves the workbench: the clipboard, pages and recordings.
@Suite struct TakingHomeTests {
  private static func copied(_ stage: Stage) -> String? {
    for case .copy(let text) in stage.effects.reversed() { return text }
    return nil
  }

  private static func saved(_ stage: Stage) -> String? {
    for case .save(_, let piece, _) in stage.effects.reversed() { return piece.text }
    return nil
  }

  @Test("Y and :copy put states, steps and traces on the clipboard, and say so")
  func copying() throws {
    var stage = try Stage("syn/part5")
    stage.press("Enter")
    stage.press(":", "copy state", "Enter")
    #expect(Self.copied(stage)?.contains("/\\ registered = {0}\n") == true)
    #expect(stage.session.screen.message?.text.hasPrefix("copied state 1 as TLA+: ") == true)
    stage.press(":", "copy step markdown", "Enter")
    #expect(Self.copied(stage)?.hasPrefix("Step 1, `Register(n1)`: ") == true)
    stage.press(":", "copy trace", "Enter")
    #expect(Self.copied(stage)?.hasPrefix("State 1: <Initial predicate>\n") == true)
    stage.press(":", "copy markdown trace", "Enter")
    #expect(Self.copied(stage)?.hasPrefix("# Trace of part5\n") == true)
    let count = stage.effects.count
    stage.press(":", "copy why", "Enter")
    stage.press(":", "copy everything", "Enter")
    #expect(stage.effects.count == count)
    #expect(stage.session.screen.message?.text.hasPrefix("copy takes one of ") == true)
    stage.press("Esc", "Y")
    #expect(Self.copied(stage)?.hasPrefix("\\* 1  Register(n1)") == true)
  }

  @Test("A page and a recording are saved by their endings")
  func saving() throws {
    var stage = try Stage("syn/part5")
    stage.press("Enter", "Enter")
    stage.press(":", "save x.html", "Enter")
    #expect(Self.saved(stage)?.hasPrefix("<!DOCTYPE html>") == true)
    stage.press(":", "save x.cast", "Enter")
    let lines = Self.saved(stage)?.split(separator: "\n") ?? []
    // The head, three states, and the end of the pause after them.
    #expect(lines.count == 5)
    #expect(lines.first?.contains("\"version\": 2, \"width\": 120, \"height\": 34") == true)
    #expect(lines.dropFirst().map { $0.prefix(7) } == ["[0.000,", "[2.000,", "[3.000,", "[6.000,"])
    for line in lines { #expect(!line.unicodeScalars.contains { $0.value < 0x20 }) }
  }

  @Test("The sequences of a grid draw what changed, wide characters with both halves")
  func sequences() {
    var grid = Grid(size: Size(width: 6, height: 1))
    grid.write("ab世d", at: Point(x: 0, y: 0), style: Style(.wrong, bold: true))
    var next = grid
    next.write("界", at: Point(x: 2, y: 0), style: Style(.wrong, bold: true))
    #expect(next.sequences(after: grid) == "\u{1B}[1;3H\u{1B}[0;1;38;5;203m界\u{1B}[0m")
    #expect(next.sequences(after: next) == "")
    #expect(grid.sequences().hasPrefix("\u{1B}[?25l\u{1B}[0m\u{1B}[2J"))
  }
}
