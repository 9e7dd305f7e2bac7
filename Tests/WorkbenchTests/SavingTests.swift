import StateSpace
import Testing
import Traces

@testable import Workbench

/// A typing error never costs a file or a model.
@Suite struct SavingTests {
  private func save(_ stage: Stage) -> (path: String, replaces: Bool)? {
    for case .save(let path, _, let replaces) in stage.effects.reversed() { return (path, replaces) }
    return nil
  }

  @Test func aFileThatIsThereIsWrittenOverOnlyWhenAsked() throws {
    var stage = try Stage("syn/part5", width: 100, height: 30)
    stage.press("1", ":save t.md", "Enter")
    #expect(try #require(save(stage)) == ("t.md", false))
    stage.send(.fileExists(path: "t.md"))
    #expect(stage.bottom.contains("t.md exists: :save! overwrites it"))
    #expect(stage.session.isUnsaved)
    stage.press(":save!", "Enter")
    #expect(try #require(save(stage)) == ("t.md", true))
    stage.send(.fileSaved(path: "t.md"))
    #expect(!stage.session.isUnsaved)
    // A file that this session saved may be overwritten.
    stage.press(":save t.md", "Enter")
    #expect(try #require(save(stage)) == ("t.md", true))
    stage.press(":save! other.dot", "Enter")
    #expect(try #require(save(stage)) == ("other.dot", true))
    stage.press(":save around.dot", "Enter")
    #expect(try #require(save(stage)) == ("around.dot", false))
  }

  @Test func aFileTooLargeToOpenSaysSo() throws {
    var stage = try Stage("syn/part5", width: 120, height: 30)
    stage.press("1", ":save t.itf.json", "Enter")
    stage.send(.fileSaved(path: "t.itf.json", size: 600 << 20))
    #expect(
      stage.bottom.contains(
        "saved t.itf.json, 600 MiB: synscope opens traces up to 256 MiB; other programs can read it"))
    #expect(!stage.session.isUnsaved)
    stage.send(.fileSaved(path: "t.svg", size: 600 << 20))
    #expect(stage.session.screen.message?.text == "saved t.svg")
  }

  @Test(
    "An unknown ending is refused with a list of the known ones", arguments: ["t.jpeg", "t", "a.md/t"])
  func endings(path: String) throws {
    var stage = try Stage("syn/part5", width: 160, height: 30)
    stage.press("1", ":save \(path)", "Enter")
    #expect(save(stage) == nil)
    #expect(
      stage.bottom.contains("\(path) has none of .txt, .md, .mmd, .svg, .html, .itf.json, .out, .dot, .cast"))
    #expect(stage.session.isUnsaved)
  }

  @Test(
    "A word is refused for a constant that is a number or a set",
    arguments: [("MaxValues", "5"), ("Nodes", "{n1, n2}")])
  func constants(name: String, value: String) throws {
    var stage = try Stage("syn/part5", width: 120, height: 30)
    stage.press(":set \(name) nonsense", "Enter")
    #expect(
      stage.bottom.contains("\(name) is \(value), and nonsense is not such a value: set \(name) \(value)"))
    for case .reload in stage.effects { Issue.record("the model is loaded anew") }
    stage.press("Esc", ":set MaxValues 6", "Enter")
    guard case .reload(constants: ["MaxValues=6"], startsOver: true)? = stage.effects.last else {
      Issue.record("a number is taken")
      return
    }
  }
}
