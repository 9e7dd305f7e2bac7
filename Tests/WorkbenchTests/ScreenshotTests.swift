import Foundation
import StateSpace
import TLASemantics
import TLASyntax
import Testing

@testable import Workbench

/// Draws the pictures of the documentation from real screens, for `make screenshots`. `SYNSCOPE_SCREENSHOTS` names their folder. Without it
/// nothing is written, and the tests only check the screens.
@Suite("Screenshots")
struct ScreenshotTests {
  private static let folder = ProcessInfo.processInfo.environment["SYNSCOPE_SCREENSHOTS"]

  /// Writes a screen as SVG if `SYNSCOPE_SCREENSHOTS` is set.
  private func write(_ grid: Grid, _ name: String, _ title: String) throws {
    try write(GridPicture(grid, title: title).svg, name)
  }

  private func write(_ svg: String, _ name: String) throws {
    guard let folder = Self.folder, !folder.isEmpty else { return }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data(svg.utf8).write(
      to: URL(fileURLWithPath: folder).appending(path: "\(name).svg"), options: .atomic)
  }

  @Test("A session in motion")
  func motion() throws {
    var stage = try Stage("syn/part5", width: 100, height: 28)
    var screens = [stage.session.view()]
    stage.press("c")
    try stage.runCheckerForPicture()
    screens.append(stage.session.view())
    stage.press("v")
    let end = stage.session.step
    for _ in 0..<end { stage.press("Left") }
    for _ in 0..<end {
      screens.append(stage.session.view())
      stage.press("Right")
    }
    #expect(stage.shows("✗ AllRegistered"))
    screens += [stage.session.view(), stage.session.view()]
    let title = "The phantom name of syn/part5, found by the checker and replayed step by step"
    let svg = MovingPicture(screens.map { GridPicture($0, title: title) }, seconds: 1.5).svg
    #expect(svg.utf8.count < 500_000)
    #expect(svg.components(separatedBy: "<g class=\"frame").count == screens.count + 1)
    try write(svg, "session")
  }

  @Test("The start screen")
  func start() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let names = try FileManager.default.contentsOfDirectory(atPath: root.appending(path: "Models/syn").path)
      .filter { $0.hasSuffix(".cfg") }.map { "syn/" + $0.dropLast(4) }
      .sorted { $0.compare($1, options: .numeric) == .orderedAscending }
    let choices = try names.map { name in
      func title(_ ending: String) throws -> String {
        let path = root.appending(path: "Models/\(name).\(ending)").path
        let file = SourceFile(name: path, text: try String(contentsOfFile: path, encoding: .utf8))
        return TitleReader.title(of: file) ?? ""
      }
      return StartScreen.Choice(name: name, title: try title("tla"), expectation: try title("cfg"))
    }
    var screen = StartScreen(choices: choices)
    let size = Size(width: 110, height: 20)
    _ = screen.update(.resize(size))
    for _ in 1..<choices.count { _ = screen.update(.key(.down)) }
    let grid = screen.view(size)
    #expect(grid.text.contains("▸    \(choices[choices.count - 1].name)"))
    try write(grid, "start", "The start screen with the bundled models")
  }

  @Test("A split in progress")
  func split() throws {
    var stage = try Stage("syn/part5")
    stage.press("Enter", "x")
    stage.take("Unregister(n1)")
    stage.press("c")
    try stage.runCheckerForPicture()
    #expect(stage.shows("split"))
    #expect(stage.shows("╳"))
    try write(stage.session.view(), "split", "Two nodes, the link between them cut, a message waiting on n2")
  }

  @Test("A violation")
  func violation() throws {
    var stage = try Stage("syn/part5")
    stage.press("c")
    try stage.runCheckerForPicture()
    stage.press("v")
    #expect(stage.shows("✗ AllRegistered"))
    #expect(stage.session.step == 9)
    try write(stage.session.view(), "violation", "The phantom name of syn/part5, nine steps after the start")
  }

  @Test("The space–time diagram")
  func spaceTime() throws {
    var stage = try Stage("syn/part5", width: 120, height: 40)
    stage.press("c")
    try stage.runCheckerForPicture()
    stage.press("v", "t", "z")
    #expect(stage.shows("late: sent before the split"))
    #expect(stage.shows("✗"))
    try write(stage.session.view(), "space-time", "The trace as a diagram: what is late is red")
  }

  @Test("The source")
  func source() throws {
    var stage = try Stage("syn/part5")
    stage.press("Enter", "x", "S", "z")
    #expect(stage.shows("Source"))
    try write(stage.session.view(), "source", "The spec, with what is true and false of the selected action")
  }

  @Test("The state")
  func state() throws {
    var stage = try Stage("syn/part5")
    stage.press("Enter", "x")
    try stage.focus(on: .state)
    stage.press("z")
    #expect(stage.shows("inbox"))
    try write(stage.session.view(), "state", "A state as a tree; what the last step changed is marked")
  }

  @Test("Why an invariant fails")
  func properties() throws {
    var stage = try Stage("syn/part5")
    stage.press("c")
    try stage.runCheckerForPicture()
    stage.press("v")
    try stage.focus(on: .properties)
    stage.press("z")
    #expect(stage.shows("AllRegistered"))
    try write(stage.session.view(), "properties", "Why an invariant fails, and what brought it about")
  }

  @Test("The branches")
  func branches() throws {
    var stage = try Stage("syn/part5")
    stage.press("c")
    try stage.runCheckerForPicture()
    stage.press("1", "x", "b", "1", "v", "B")
    #expect(stage.shows("main"))
    try write(stage.session.view(), "branches", "Every way that was taken is kept as a branch")
  }

  @Test("A small terminal")
  func small() throws {
    var stage = try Stage("syn/part5", width: 80, height: 24)
    stage.press("Enter", "x")
    stage.take("Unregister(n1)")
    stage.press("x")
    #expect(stage.shows("[Nodes]"))
    #expect(stage.shows("discover"))
    try write(stage.session.view(), "small", "80 columns: a discover waits in both inboxes")
  }

  @Test("The help")
  func help() throws {
    var stage = try Stage("syn/part5", width: 120, height: 60)
    stage.press("?")
    #expect(stage.shows("Help"))
    try write(stage.session.view(), "help", "All keys and commands")
  }

  @Test("A large terminal with three nodes")
  func large() throws {
    var stage = try Stage("syn/part5", width: 200, height: 60, constants: ["Nodes={n1,n2,n3}"])
    stage.press("Enter")
    stage.press(":", "link n1 n2", "Enter")
    stage.take("SyncRegister(n2)")
    #expect(stage.shows("n3"))
    #expect(stage.session.step == 3)
    try write(stage.session.view(), "large", "Three nodes in 200 columns")
  }
}

extension Stage {
  /// Runs the checker and replaces the time of the debug build by that of the release binary. So the picture shows the program's real speed
  /// and is the same in every run.
  fileprivate mutating func runCheckerForPicture() throws {
    try runChecker()
    session.runs.check.progress.seconds = 0.2
  }

  /// Goes to a pane as a user does.
  fileprivate mutating func focus(on pane: Pane) throws {
    for _ in 0..<10 where session.screen.focus != pane { press("Tab") }
    try #require(session.screen.focus == pane)
  }

  /// Takes an enabled action by its name.
  fileprivate mutating func take(_ action: String) {
    let report = session.report
    guard let item = report.items.first(where: { "\($0.label)" == action && $0.isEnabled }),
      let number = item.number
    else {
      Issue.record("\(action) cannot be taken here")
      return
    }
    press("\(number)")
  }
}
