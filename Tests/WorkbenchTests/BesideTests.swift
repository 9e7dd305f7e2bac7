import StateSpace
import TLASemantics
import TLASyntax
import Testing
import Traces

@testable import Workbench

/// The same branch on two models.
@Suite("Two models beside each other") struct BesideTests {
  /// A counter that goes up and down; `limit` is the guard of `Up`, `start` the first value.
  private static func module(_ name: String, limit: String = "TRUE", down: String = "1") -> String {
    """
    ---- MODULE \(name) ----
    EXTENDS Integers
    VARIABLES x, y
    Init == x = 0 /\\ y = 0
    Up == \(limit) /\\ x' = x + 1 /\\ UNCHANGED y
    Down == x > 0 /\\ x' = x - \(down) /\\ y' = y + 1
    Next == Up \\/ Down
    ====
    """
  }
  private static let configuration = "INIT Init\nNEXT Next\n"

  private static func model(_ text: String, named name: String) throws -> SessionModel {
    let provider = TextProvider(files: ["\(name).tla": text, "\(name).cfg": configuration])
    let specification = try SpecificationLoader(provider: provider).load("\(name).tla", options: .init())
    return try SessionModel(Explorer(specification), name: name)
  }

  private static func stage(_ width: Int = 120, _ height: Int = 34) throws -> Stage {
    try Stage(module: module("One"), configuration: configuration, width: width, height: height)
  }

  @Test(
    "An action that the other model forbids parts them, with the reason", arguments: [(80, 24), (200, 60)])
  func refusal(width: Int, height: Int) throws {
    var stage = try Self.stage(width, height)
    stage.press(":take Up", "Enter", ":take Up", "Enter", ":take Up", "Enter")
    stage.session.putBeside(try Self.model(Self.module("Two", limit: "x < 2"), named: "Two"))
    let beside = try #require(stage.session.beside)
    #expect(beside.parting == Beside.Parting(step: 3, reason: "Up is not enabled: x is 2, not < 2"))
    #expect(beside.other.step == 2 && stage.session.step == 3)
    #expect(stage.shows("Nodes ─ One") && stage.shows("Nodes ─ Two"))
    #expect(stage.shows("≠ They part at step 3: Up is not"))
    stage.press("Left", "Left")
    #expect(stage.session.beside?.other.step == 1 && stage.shows("= The same up to here."))
    stage.press("Right")
    #expect(stage.session.beside?.other.step == 2)
    stage.press(":trace", "Enter")
    #expect(stage.shows("3 ≠Up") && stage.shows("parts from Two"))
    stage.press(":nodes", "Enter", ":beside", "Enter")
    #expect(!stage.shows("─ Two") && stage.session.beside == nil)
  }

  @Test("Values that differ part them if every action is possible")
  func difference() throws {
    var stage = try Self.stage()
    stage.press(":take Up", "Enter", ":take Up", "Enter", ":take Down", "Enter", ":take Up", "Enter")
    stage.session.putBeside(try Self.model(Self.module("Two", down: "2"), named: "Two"))
    #expect(stage.session.beside?.parting == Beside.Parting(step: 3, reason: "x is 1, and 0 on Two"))
    #expect(stage.session.beside?.other.step == 4)
  }

  @Test("Both follow stepping, going back, undo, branches and a new version")
  func following() throws {
    var stage = try Self.stage()
    stage.session.putBeside(try Self.model(Self.module("Two", limit: "x < 2"), named: "Two"))
    #expect(stage.session.beside?.parting == nil)
    func places() -> [Int] { [stage.session.step, stage.session.beside?.other.step ?? -1] }
    stage.press(":take Up", "Enter", ":take Up", "Enter")
    #expect(places() == [2, 2])
    stage.press("u")
    #expect(places() == [1, 1])
    stage.press(":take Down", "Enter", ":take Up", "Enter", ":take Up", "Enter", ":take Up", "Enter")
    #expect(places() == [5, 4] && stage.session.beside?.parting?.step == 5)
    stage.press(":goto 1", "Enter", ":take Up", "Enter", ":take Up", "Enter")
    #expect(places() == [3, 2] && stage.session.beside?.parting?.step == 3)
    let fresh = try Self.model(Self.module("One", limit: "x < 9"), named: "One")
    _ = stage.session.adopt(fresh, constants: [], startsOver: false)
    #expect(places() == [3, 2] && stage.session.beside?.parting?.step == 3)
    stage.press("Home")
    #expect(places() == [0, 0])
  }

  @Test("A real protocol and its fix", arguments: [(80, 24), (100, 30), (200, 60)])
  func models(width: Int, height: Int) throws {
    var stage = try Stage("syn/part5", width: width, height: height)
    for action in ["Register(n1)", "Disconnect(n1)", "Unregister(n1)", "Reconnect(n1)", "Discover(n1)"] {
      stage.press(":take \(action)", "Enter")
    }
    let other = try Stage("syn/part6").session.model
    stage.session.putBeside(other)
    #expect(stage.session.beside?.parting?.reason == "Discover(n1) is not enabled: first is DOWN")
    #expect(stage.shows("▶ DOWN n2") && stage.shows("syn/part6"))
    stage.press("t")
    #expect(stage.session.layout.besidePane == .spaceTime)
    #expect(stage.screen.components(n: "╳┄") == 2, "\(stage.screen)")
    stage.press("z")
    #expect(stage.session.layout.places.count == 1 && stage.session.layout.besideFrame != nil)
  }

  @Test("Constants may follow the name; the other pane scrolls, and comes back at the next step")
  func constantsAndScrolling() throws {
    var stage = try Stage("syn/part5", width: 120, height: 24)
    stage.press("1", ":beside syn/part6 MaxValues=3 'Nodes={n1, n2}'", "Enter")
    stage.press(":beside syn/part6 MaxValues=3 Nodes={n1, n2, n3}", "Enter")
    guard case .openBeside(let name, let constants)? = stage.effects.last(where: \.loadsModel) else {
      Issue.record("nothing is opened")
      return
    }
    #expect(name == "syn/part6" && constants == ["MaxValues=3", "Nodes={n1, n2, n3}"])
    stage.press(":beside syn/part6 three", "Enter")
    #expect(stage.bottom.contains("beside takes constants"))
    stage.press("Esc", "Esc")
    let other = try Stage("syn/part6", constants: ["Nodes={n1,n2,n3,n4,n5,n6}"]).session.model
    stage.session.putBeside(other, constants: ["MaxValues=3"])
    #expect(stage.shows("syn/part6 MaxValues=3"))
    let frame = try #require(stage.session.layout.besideFrame)
    let before = stage.screen
    let point = Point(x: frame.x + 5, y: frame.y + 2)
    for _ in 0..<9 { stage.send(.mouse(Mouse(kind: .wheelDown, point: point))) }
    let scrolled = stage.screen
    #expect(scrolled != before)
    for _ in 0..<9 { stage.send(.mouse(Mouse(kind: .wheelUp, point: point))) }
    #expect(stage.screen == before)
    stage.session.focus(on: .nodes)
    stage.press("PgDn", "b", "f")
    stage.session.focus(on: .actions)
    #expect(stage.screen.contains("┌─ n1 ─"))
  }

  @Test("A saved page has both variants, with the step where they part")
  func page() throws {
    var stage = try Stage("syn/part5")
    for action in ["Register(n1)", "Disconnect(n1)", "Unregister(n1)", "Reconnect(n1)", "Discover(n1)"] {
      stage.press(":take \(action)", "Enter")
    }
    stage.session.putBeside(try Stage("syn/part6").session.model)
    stage.press(":save both.html", "Enter")
    let page = try #require(stage.lastSave).contents
    #expect(page.ranges(of: "<section class=\"beside\"").count == 6)
    #expect(page.ranges(of: "≠ parts from syn/part6").count == 1)
    #expect(page.contains("They part at step 5: Discover(n1) is not enabled: first is DOWN"))
    #expect(page.contains("Space–time on syn/part6") && page.utf8.count < 300_000)
    stage.press(":beside", "Enter", ":save! both.html", "Enter")
    #expect(try !#require(stage.lastSave).contents.contains("class=\"beside\""))
  }

  @Test("The name of a model is completed, and another model takes over panes, watches and the script")
  func model() throws {
    var stage = try Self.stage()
    stage.session.options.modelNames = ["syn/part5", "syn/part6"]
    stage.press(":model sy")
    stage.send(.key(.tab))
    #expect(stage.bottom.contains(":model syn/part"))
    stage.press("5", "Enter")
    guard case .openModel("syn/part5")? = stage.effects.last else {
      Issue.record("no model is opened")
      return
    }
    stage.press(":watch x + 1", "Enter", ":state", "Enter")
    stage.session.screen.watches.append("inbox")
    _ = stage.session.obey(["model syn/part5", "trace"])
    #expect(stage.session.isObeying)
    var next = Session(try Self.model(Self.module("Two"), named: "Two"))
    next.takeOver(from: stage.session)
    #expect(next.screen.focus == .state && next.screen.watches == ["x + 1"])
    _ = next.update(.tick)
    #expect(next.screen.focus == .trace && !next.isObeying)
  }

  @Test("A model that cannot be opened is refused, and ends a script")
  func refused() throws {
    var stage = try Self.stage()
    _ = stage.session.obey(["beside nobody", "trace"])
    stage.session.refuse("there is no model nobody")
    stage.send(.tick)
    #expect(stage.session.refusedLine?.reason == "there is no model nobody")
    #expect(stage.session.screen.focus != .trace)
  }
}

extension String {
  /// How often a text is in this one.
  fileprivate func components(n text: String) -> Int { ranges(of: text).count }
}
