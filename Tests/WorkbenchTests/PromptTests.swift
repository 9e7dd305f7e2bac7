import StateSpace
import Testing

@testable import Workbench

/// Typed lines: recalling, completing and refusing them.
@Suite struct PromptTests {
  @Test("Up recalls the lines typed at the same kind of prompt, the last one first") func history() throws {
    var stage = try Stage("syn/part5")
    stage.press(":rename one", "Enter", ":rename two", "Enter", ":", "Up")
    #expect(stage.bottom == ":rename two")
    stage.press("Up")
    #expect(stage.bottom == ":rename one")
    stage.press("Up", "Down")
    #expect(stage.bottom == ":rename two")
    stage.press("Down")
    #expect(stage.bottom == ":")
    stage.press("Up", "!", "Up")
    #expect(stage.bottom == ":rename two", "a changed line is a new one")
    stage.press("Esc", "g", "0", "Enter", "g", "Up")
    #expect(stage.bottom == " Go to step: 0")
    stage.press("Esc", "/", "Up")
    #expect(stage.bottom == " Find a state where:", "each kind has lines of its own")
  }

  @Test("A refused line stays open to be corrected, with the reason above it") func corrected()
    throws
  {
    var stage = try Stage("syn/part5")
    stage.press("g", "7", "Enter")
    #expect(
      stage.bottom.contains("this branch has the steps 0 to 0, not 7")
        && stage.bottom.hasSuffix("Go to step: 7"))
    stage.press("Backspace", "0", "Enter")
    #expect(stage.session.screen.dialog == nil)
    stage.press(":fidn x", "Enter")
    #expect(stage.bottom.hasSuffix(":fidn x"))
    stage.press("Esc")
    #expect(stage.session.screen.dialog == nil)
  }

  @Test("A command refuses arguments that it cannot use", arguments: ["check foo", "undo 3", "zoom now"])
  func surplus(line: String) throws {
    var stage = try Stage("syn/part5")
    stage.press(":\(line)", "Enter")
    #expect(stage.bottom.contains("takes nothing after its name"))
    #expect(stage.effects.isEmpty && stage.session.step == 0 && !stage.session.screen.isZoomed)
  }

  @Test("take takes the action that it names") func namedAction() throws {
    var stage = try Stage("syn/part5")
    stage.press(":take Disconnect( n1 )", "Enter")
    #expect(stage.session.tree[stage.session.cursor].label?.description == "Disconnect(n1)")
    stage.press(":take Register", "Enter")
    #expect(stage.bottom.contains("which one? Register(n1), Register(n2)"))
    stage.press("(", "n", "2", ")", "Enter")
    #expect(stage.session.tree[stage.session.cursor].label?.description == "Register(n2)")
    stage.press(":take Nothing", "Enter")
    #expect(stage.bottom.contains("there is no action Nothing here"))
    stage.press("Esc", ":take Unregister(n1)", "Enter")
    #expect(stage.session.step == 2, "one that cannot be taken says why")
  }

  @Test("Tab completes names in a predicate, and files in a path") func completion() throws {
    var options = Session.Options()
    options.home = "/home/ada"
    var stage = try Stage("syn/part5", options: options)
    stage.press("/", "locally", "Tab")
    #expect(stage.bottom.hasSuffix("locally_registered"))
    stage.press("Esc", "o", "~/tra", "Tab")
    guard case .listFiles(path: "/home/ada/tra")? = stage.effects.last else {
      Issue.record("\(stage.effects)")
      return
    }
    stage.send(.filesListed(path: "/home/ada/tra", names: ["trace-1.itf.json", "trace-2.itf.json"]))
    #expect(stage.bottom.hasSuffix("~/trace-") && stage.shows("trace-1.itf.json  trace-2.itf.json"))
    stage.press("2", "Tab")
    stage.send(.filesListed(path: "/home/ada/trace-2", names: ["trace-2.itf.json"]))
    #expect(stage.bottom.hasSuffix("~/trace-2.itf.json"))
    stage.press("Enter")
    guard case .open(path: "/home/ada/trace-2.itf.json")? = stage.effects.last else {
      Issue.record("\(stage.effects)")
      return
    }
    stage.send(.fileFailed(path: "/home/ada/trace-2.itf.json", reason: "no such file"))
    #expect(
      stage.bottom.hasSuffix("Open the trace: ~/trace-2.itf.json"), "what cannot be read can be corrected")
  }

  @Test("The home is completed as a folder, and a path without files says so", arguments: ["o", ":open "])
  func home(opening: String) throws {
    var options = Session.Options()
    options.home = "/home/ada"
    var stage = try Stage("syn/part5", width: 80, height: 24, options: options)
    stage.press(opening, "~", "Tab")
    guard case .listFiles(path: "/home/ada/")? = stage.effects.last else {
      Issue.record("\(stage.effects)")
      return
    }
    stage.send(.filesListed(path: "/home/ada/", names: ["traces/"]))
    #expect(stage.bottom.hasSuffix("~/traces/"))
    stage.press("x", "Tab")
    stage.send(.filesListed(path: "/home/ada/traces/x", names: []))
    #expect(stage.bottom.contains("no file begins with ~/traces/x"))
    stage.press("Backspace")
    #expect(!stage.bottom.contains("no file begins"))
  }

  @Test(
    "A message that is longer than a row is shown whole, up to three rows", arguments: [(80, 24), (200, 60)])
  func long(width: Int, height: Int) throws {
    var stage = try Stage("syn/part5", width: width, height: height)
    let words = (1...22).map { "word-\($0)" }.joined(separator: " ")
    stage.session.screen.message = Message(words)
    #expect((1...22).allSatisfy { stage.shows("word-\($0)") })
    #expect(stage.bottom.contains("word-21 word-22"))
    stage.session.screen.message = Message(words + " " + words)
    #expect(width > 80 || stage.shows("…"))
  }

  @Test("The first hint fits 80 columns") func firstHint() throws {
    let stage = try Stage("syn/part5", width: 80, height: 24)
    #expect(
      stage.row(22).contains("Enter takes the action at ▸, ← goes back, x cuts a link, c checks, ? helps"))
  }

  @Test("Messages name the user's own keys") func keys() throws {
    var options = Session.Options()
    options.settings.keys = ["undo": [.character("U")], "help": [.function(1)]]
    var stage = try Stage("syn/part5", options: options)
    stage.press("1", ":delete-branch", "Enter")
    #expect(stage.bottom.contains("U brings its steps back"))
    stage.press(":nonsense", "Enter")
    #expect(stage.bottom.contains("F1 lists them"))
  }
}

/// What the command line offers beside commands.
@Suite struct PaletteTests {
  @Test("Actions, steps, branches and definitions are found by some of their letters") func entries() throws {
    var stage = try Stage("syn/part5", width: 120, height: 34)
    stage.press("1", "2", ":rename split", "Enter", "Home", "1", "1")
    func names(_ typed: String) -> [String] { stage.session.completions(of: TextField(typed)).map(\.line) }
    #expect(names("reg2").contains("take Register(n2)"))
    #expect(names("splt").contains("branches split"))
    #expect(names("allreg").first == "eval AllRegistered")
    #expect(names("Register(n").contains("goto 1"))
    #expect(names("u").allSatisfy { !$0.hasPrefix("take ") }, "one letter means a command")
    #expect(names("undo").first == "undo")
  }

  @Test("Enter does what the entry stands for, and Tab writes it out") func running() throws {
    var stage = try Stage("syn/part5", width: 120, height: 34)
    #expect(stage.session.completions(of: TextField("disconn1")).map(\.line).first == "take Disconnect(n1)")
    stage.press(":disconn1", "Enter")
    #expect(stage.session.tree[stage.session.cursor].label?.description == "Disconnect(n1)")
    stage.press(":allreg", "Tab")
    #expect(stage.bottom == ":eval AllRegistered")
    stage.press("Enter")
    #expect(stage.bottom.contains("AllRegistered = TRUE"))
    stage.press(":branches nowhere", "Enter")
    #expect(stage.bottom.contains("there is no branch nowhere; there are main"))
  }
}
