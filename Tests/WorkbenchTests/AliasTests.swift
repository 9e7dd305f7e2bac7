import Testing

@testable import Workbench

/// The configuration's ALIAS in the State pane.
@Suite struct AliasTests {
  private static func module(_ alias: String) -> String {
    """
    ---- MODULE M ----
    EXTENDS Naturals, TLC
    VARIABLE x
    Init == x = 0
    Next == x < 3 /\\ x' = x + 1
    Shown == \(alias)
    ====
    """
  }

  private static let configuration = "INIT Init\nNEXT Next\n"

  @Test(":alias shows it for the current step, marks what changed, and goes back to the variables")
  func shown() throws {
    var stage = try Stage(
      module: Self.module("[double |-> 2 * x, level |-> TLCGet(\"level\"), next |-> x']"),
      configuration: Self.configuration + "ALIAS Shown", width: 100, height: 30)
    stage.press("1", "1", ":alias", "Enter")
    #expect(stage.session.screen.focus == .state)
    #expect(stage.shows("double  4  ◆ was 2"))
    #expect(stage.shows("level   3  ◆ was 2"))
    #expect(stage.shows("next    2"), "the last state is followed by itself")
    stage.press("b")
    #expect(stage.shows("double  2  ◆ was 0"))
    #expect(stage.shows("next    2  ◆ was 1"))
    stage.press(":alias", "Enter")
    #expect(!stage.shows("double"))
  }

  @Test("Where there is none, or it is no record, that is said") func missing() throws {
    var without = try Stage(
      module: Self.module("x"), configuration: Self.configuration, width: 100, height: 30)
    without.press(":alias", "Enter")
    #expect(without.shows("the configuration has no ALIAS"))
    var number = try Stage(
      module: Self.module("x + 1"), configuration: Self.configuration + "ALIAS Shown", width: 100, height: 30)
    number.press(":alias", "Enter")
    #expect(number.shows("the ALIAS is no record here"))
  }
}
