import BigInt
import StateSpace
import Testing
import Traces

@testable import Workbench

/// Editing the spec, and adopting a new version with the explored tree.
@Suite("Editing and reloading")
struct ReloadTests {
  private static func counter(limit: String = "x < Max", more: String = "") -> String {
    """
    ---- MODULE Counter ----
    EXTENDS Naturals
    CONSTANT Max
    VARIABLES x, y
    Init == x = 0 /\\ y = 0
    Increment == \(limit) /\\ x' = x + 1 /\\ UNCHANGED y
    Swap == x > 0 /\\ x' = y /\\ y' = x\(more)
    Next == Increment \\/ Swap
    ====
    """
  }

  private static func stage(_ module: String, max: Int = 5, size: Size = Size(width: 120, height: 34)) throws
    -> Stage
  {
    try Stage(
      module: module, configuration: "CONSTANT Max = \(max)\nINIT Init\nNEXT Next\n", width: size.width,
      height: size.height)
  }

  /// Adopts the model that another stage has loaded.
  private static func adopt(
    _ other: Stage, in stage: inout Stage, constants: [String] = [], startsOver: Bool = false
  ) -> [Effect] {
    stage.session.adopt(other.session.model, constants: constants, startsOver: startsOver)
  }

  private func reloads(_ stage: Stage) -> [(constants: [String], startsOver: Bool)] {
    stage.effects.compactMap { effect in
      if case .reload(let constants, let startsOver) = effect { (constants, startsOver) } else { nil }
    }
  }

  @Test("A new version with a likely mistake is used, and a box says what is new")
  func warnings() throws {
    var stage = try Self.stage(Self.counter())
    let mistaken = Self.counter().replacing("x' = y /\\ y' = x", with: "x' = y /\\ y = x")
    _ = Self.adopt(try Self.stage(mistaken), in: &stage)
    #expect(stage.shows("This version is used; it may not say what you mean"))
    #expect(stage.shows("this step gives y no next value: `y = x` has no prime"))
    stage.press("Esc")
    _ = Self.adopt(try Self.stage(mistaken.replacing("x < Max", with: "x < Max - 1")), in: &stage)
    #expect(!stage.shows("may not say what you mean"))
  }

  @Test("Reading a view file with mistakes again says what they are, and where")
  func mistakesInTheViewFile() throws {
    var stage = try Self.stage(Self.counter())
    var view = ProtocolView()
    view.problems = ["line 1: expected a key, found `%`"]
    let configuration = "CONSTANT Max = 5\nINIT Init\nNEXT Next\n"
    let mistaken = try Stage(module: Self.counter(), configuration: configuration, view: view)
    _ = Self.adopt(mistaken, in: &stage)
    #expect(stage.bottom.contains("view file: line 1: expected a key, found `%`"))
    stage.press("1", "1")
    let shorter = try Stage(module: Self.counter(limit: "x < 1"), configuration: configuration, view: view)
    _ = Self.adopt(shorter, in: &stage)
    #expect(stage.shows("line 1: expected a key, found `%`") && stage.shows("is not enabled any more"))
  }

  @Test("e opens the spec at the selected action, and the edited spec is loaded")
  func edit() throws {
    var stage = try Self.stage(Self.counter())
    stage.press("1", "e")
    guard case .edit(let path, let line)? = stage.effects.last else {
      Issue.record("nothing is edited")
      return
    }
    #expect(path == "Counter.tla")
    #expect(line == 6)
    stage.send(.edited(problem: "there is no editor ed: set EDITOR"))
    #expect(stage.bottom.contains("there is no editor ed"))
    #expect(reloads(stage).isEmpty)
    stage.send(.edited(problem: nil))
    #expect(reloads(stage).map(\.startsOver) == [false])
  }

  @Test("A new version replays the branch; panes, focus and watches stay")
  func replayAll() throws {
    var stage = try Self.stage(Self.counter())
    stage.press("1", "1", "1", ":", "watch x + 1", "Enter", "Left", "Tab")
    let focus = stage.session.screen.focus
    let effects = Self.adopt(try Self.stage(Self.counter(limit: "x < Max - 1")), in: &stage)
    #expect(effects.isEmpty)
    #expect(stage.session.step == 2)
    #expect(stage.session.screen.focus == focus)
    #expect(stage.session.screen.watches == ["x + 1"])
    #expect(stage.bottom.contains("reloaded: replayed all 3 steps"))
    stage.press("l")
    #expect(stage.session.step == 3)
    #expect(stage.session.isUnsaved)
  }

  @Test("The replay goes as far as it can, and says which step is not allowed and why")
  func replayPart() throws {
    var stage = try Self.stage(Self.counter())
    stage.press("1", "1", "1")
    _ = Self.adopt(try Self.stage(Self.counter(limit: "x < 2")), in: &stage)
    #expect(stage.session.step == 2)
    #expect(
      stage.bottom.contains(
        "reloaded: replayed 2 of 3 steps: Increment is not enabled any more: x is 2, not < 2; u goes back"))
    #expect(stage.session.violations.isEmpty)
    stage.press("u")
    #expect(stage.bottom.contains("the version before is back; R takes the new one"))
    #expect(stage.session.step == 3)
    stage.press("u", "u", "u")
    #expect(stage.session.step == 0)
    stage.press("u")
    #expect(stage.bottom.contains("nothing to undo"))
  }

  @Test("Steps that a version does not allow are back when the former version is")
  func comingBack() throws {
    var stage = try Self.stage(Self.counter())
    stage.press("1", "1", "1", "Home", ":", "watch x", "Enter")
    _ = Self.adopt(try Self.stage(Self.counter(), max: 1), in: &stage, constants: ["Max=1"])
    #expect(stage.session.tree.nodes.count == 2)
    // Steps that were taken meanwhile are kept as well.
    stage.press("End", "1")
    #expect(stage.session.values == [.integer(0), .integer(1)])
    _ = Self.adopt(try Self.stage(Self.counter()), in: &stage, constants: ["Max=5"])
    #expect(stage.session.tree.nodes.count == 5)
    #expect(stage.session.values == [.integer(0), .integer(1)])
    #expect(stage.session.tree.nodes.contains { $0.depth == 3 })
  }

  @Test("The file with steps that a version does not allow is left for a later start")
  func leftFile() throws {
    var options = Session.Options()
    options.sessionFile = "/state/s.jsonl"
    var stage = try Stage(
      module: Self.counter(), configuration: "CONSTANT Max = 5\nINIT Init\nNEXT Next\n", options: options)
    stage.press("1", "1", "1")
    let effects = Self.adopt(try Self.stage(Self.counter(limit: "x < 2")), in: &stage)
    guard case .close("/state/s.jsonl")? = effects.first else {
      Issue.record("the file is not left")
      return
    }
    stage.press("Left")
    guard case .append(let path, _, _)? = stage.effects.last else {
      Issue.record("nothing is written")
      return
    }
    #expect(path != "/state/s.jsonl" && path.hasPrefix("/state/s") && path.hasSuffix(".jsonl"))
  }

  @Test("A missing action is named")
  func actionGone() throws {
    var stage = try Self.stage(Self.counter())
    stage.press("1", "1")
    let other = Self.counter().replacing("Increment", with: "Advance")
    _ = Self.adopt(try Self.stage(other), in: &stage)
    #expect(stage.session.step == 0)
    #expect(stage.bottom.contains("replayed 0 of 2 steps: there is no action Increment any more"))
  }

  @Test("Different outcomes of the same actions are reported")
  func differentValues() throws {
    var stage = try Self.stage(Self.counter())
    stage.press("1", "1")
    _ = Self.adopt(try Self.stage(Self.counter().replacing("x + 1", with: "x + 2")), in: &stage)
    #expect(stage.session.step == 2)
    #expect(stage.bottom.contains("replayed all 2 steps; from step 1 on x differs"))
  }

  @Test("Other branches are replayed, too")
  func branches() throws {
    var stage = try Self.stage(Self.counter())
    stage.press("1", "1", "Left", "2")
    let names = stage.session.tree.branches.map(\.name)
    #expect(names.count == 2)
    _ = Self.adopt(try Self.stage(Self.counter(limit: "x <= Max")), in: &stage)
    #expect(stage.session.tree.branches.map(\.name) == names)
    #expect(stage.session.tree.nodes.count == 4)
    #expect(stage.session.branchName == names[1])
  }

  @Test("The errors of a new version are shown with their places, and the old version stays")
  func refused() throws {
    var stage = try Self.stage(Self.counter(), size: Size(width: 80, height: 24))
    stage.press("1")
    stage.session.refuseModel("error: a name is expected here\n --> Counter.tla:6:3\n  |\n6 |  ??\n  |  ^^")
    #expect(stage.shows("This version cannot be used; the one before stays"))
    #expect(stage.shows("Counter.tla:6:3"))
    #expect(stage.shows("6 |  ??"))
    stage.press("Esc")
    #expect(stage.session.step == 1)
    #expect(!stage.shows("Counter.tla:6:3"))
  }

  @Test("A change on disk is announced and stays visible, and R reads it")
  func changedOnDisk() throws {
    var stage = try Self.stage(Self.counter())
    stage.send(.filesChanged(["models/Counter.tla", "models/Counter.cfg"]))
    #expect(stage.bottom.contains("Counter.cfg, Counter.tla changed on disk: R reloads the model"))
    stage.press("1")
    #expect(stage.row(0).contains("changed on disk"))
    stage.press("R")
    #expect(reloads(stage).count == 1)
    stage.session.keepModel()
    #expect(stage.bottom.contains("nothing has changed"))
    #expect(!stage.row(0).contains("changed on disk"))
  }

  @Test("A running check is stopped, and its late reports are ignored")
  func stopsCheck() throws {
    var stage = try Self.stage(Self.counter())
    stage.press("c")
    let effects = Self.adopt(try Self.stage(Self.counter(limit: "x < 3")), in: &stage)
    guard case .stopCheck? = effects.first else {
      Issue.record("the check goes on")
      return
    }
    stage.send(.checkFailed(run: 1, message: "late"))
    #expect(!stage.shows("late"))
    stage.press("c")
    #expect(stage.session.isChecking)
  }

  @Test("set starts over with another value of a constant, and the branch can be walked forward")
  func setConstant() throws {
    var stage = try Self.stage(Self.counter())
    stage.press("1", "1", ":", "set Max = 3", "Enter")
    #expect(reloads(stage).last?.constants == ["Max=3"])
    #expect(reloads(stage).last?.startsOver == true)
    _ = Self.adopt(
      try Self.stage(Self.counter(), max: 3), in: &stage, constants: ["Max=3"], startsOver: true)
    #expect(stage.session.step == 0)
    #expect(stage.bottom.contains("starts over with Max=3: replayed all 2 steps"))
    stage.press("End")
    #expect(stage.session.step == 2)
    stage.press(":", "set Max 4", "Enter")
    #expect(reloads(stage).last?.constants == ["Max=4"])
    stage.press(":", "set Max", "Enter")
    #expect(stage.bottom.contains("Max is 3"))
    #expect(reloads(stage).count == 2)
  }

  @Test(
    "Going back to other constants goes on where they were left, by set and by undo, and no file has changed")
  func setConstantBack() throws {
    var stage = try Self.stage(Self.counter())
    stage.press("1", "1")
    for (max, place) in [(3, 0), (4, 0), (2, 2), (3, 0)] {
      let constants = max == 2 ? [] : ["Max=\(max)"]
      _ = Self.adopt(
        try max == 2 ? Self.stage(Self.counter()) : Self.stage(Self.counter(), max: max), in: &stage,
        constants: constants, startsOver: true)
      #expect(stage.session.step == place && !stage.shows("changed on disk"), "\(max)")
    }
    // All former versions are still there.
    for constants in [[], ["Max=4"]] {
      while stage.session.options.constants != constants {
        let before = (stage.session.options.constants, stage.session.explored.done.count)
        stage.press("u")
        if before == (stage.session.options.constants, stage.session.explored.done.count) { break }
      }
      #expect(stage.session.options.constants == constants && !stage.shows("changed on disk"))
    }
  }
}
