import StateSpace
import Testing
import Traces

@testable import Workbench

/// The workbench in front of a class.
@Suite("In front of a class") struct PresentationTests {
  private func stage(_ width: Int, _ height: Int, _ model: String = "syn/part5") throws -> Stage {
    var stage = try Stage(model, width: width, height: height)
    for _ in 0..<3 { stage.press("1") }
    stage.press(":present", "Enter")
    return stage
  }

  @Test(
    "One pane has the screen, with room around it and between its lines", arguments: [(80, 24), (200, 60)])
  func onePane(width: Int, height: Int) throws {
    var stage = try stage(width, height)
    #expect(stage.session.layout.places.map(\.pane) == [.nodes])
    let rows = stage.screen.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(rows[0].allSatisfy { $0 == " " } && rows.allSatisfy { $0.isEmpty || $0.first == " " })
    #expect(!stage.shows("Trace") && stage.shows("step 3"))
    let name = try #require(rows.firstIndex { $0.contains("locally_registered") })
    let inbox = try #require(rows.firstIndex { $0.contains("inbox") })
    // At 80x24 three messages leave no room between the lines.
    #expect(inbox - name >= (height == 60 ? 2 : 1) && rows[name + 1].contains("│"), "\(stage.screen)")
    #expect(stage.session.view().theme == .projector)
    stage.press("Tab")
    #expect(stage.session.layout.places.map(\.pane) == [.spaceTime])
    stage.press("Esc")
    #expect(stage.session.layout.places.count > 1 && stage.session.view().theme == .usual)
  }

  @Test("Nothing that a card shows is cut: cards get wider instead", arguments: [60, 80, 100, 140])
  func nothingCut(width: Int) throws {
    for model in ["syn/part5", "syn/part15", "bookings/part3", "syn/library"] {
      let stage = try stage(width, 34, model)
      let area = try #require(stage.session.layout.places.first).area
      let cards = stage.session.cardGrid(width: area.width)
      #expect(!cards.isCut || cards.columns == 1, "\(model) \(stage.screen)")
    }
  }

  @Test("Rows of a list are folded and not cut")
  func lists() throws {
    var stage = try stage(60, 24)
    stage.press("Tab", "Tab")
    #expect(stage.session.screen.focus == .actions)
    let words = stage.screen.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let cut = stage.screen.replacing("can't be taken", with: "").ranges(of: "…").count
    #expect(cut == stage.screen.ranges(of: "can't be taken").count && words.contains("sync_register 3"))
    #expect(stage.bottom.contains("← back") && stage.bottom.contains("3 of 3"), "\(stage.screen)")
  }

  @Test("Keys go on and back, and nothing else changes what is explored")
  func keys() throws {
    var stage = try stage(100, 30)
    let states = stage.session.tree.nodes.count
    stage.press("Backspace", "Left", "PgUp")
    #expect(stage.session.step == 0)
    stage.press(" ", "Right", "Enter")
    #expect(stage.session.step == 3)
    stage.press("1", "x", "c", "s", "e", "u", "w", "D")
    #expect(stage.session.step == 3 && stage.session.tree.nodes.count == states)
    #expect(stage.session.screen.dialog == nil && !stage.session.isChecking)
    stage.press(" ")
    #expect(stage.bottom.contains("end of the branch"))
    stage.press(":goto 1", "Enter", "t")
    #expect(stage.session.step == 1 && stage.session.screen.focus == .spaceTime)
  }

  @Test(
    "What has no room comes on a further page, before the next step", arguments: [Pane.properties, .state])
  func pages(_ pane: Pane) throws {
    var stage = try Stage("syn/part5", width: 80, height: 16)
    for action in ["Register(n1)", "Disconnect(n1)", "Unregister(n1)", "Register(n2)"] {
      stage.press(":take \(action)", "Enter")
    }
    for number in 1...16 { stage.press(":watch \(number) + next_val", "Enter") }
    for node in ["registered", "locally_registered", "inbox", "visible_nodes"] {
      stage.press(":state", "Enter", "Ctrl-F", node, "Enter", "Right")
    }
    stage.press(":goto 2", "Enter", ":\(pane.name)", "Enter", ":present", "Enter")
    let rows = try #require(stage.session.list(for: pane))
    func isSeen(_ row: Int) -> Bool {
      stage.shows(rows.line(row).wrapped(to: 40)[0].text.trimmingBlanks)
    }
    #expect(isSeen(0))
    var seen = Set(0..<rows.count).filter(isSeen)
    var pages = 1
    while stage.bottom.contains("more"), pages < 20 {
      stage.press(" ")
      #expect(stage.session.step == 2)
      seen.formUnion((0..<rows.count).filter(isSeen))
      pages += 1
    }
    #expect(pages > 1 && seen.count == rows.count, "\(Set(0..<rows.count).subtracting(seen))")
    stage.press("Backspace")
    #expect(stage.session.step == 2 && stage.bottom.contains("more"))
    for _ in 0..<pages { stage.press(" ") }
    #expect(stage.session.step >= 3 && stage.session.position(pane).top == 0)
  }

  @Test("Pressed keys are shown on request, the last ones, in every view")
  func pressedKeys() throws {
    var stage = try Stage("syn/part5", width: 100, height: 30)
    stage.press(":keys on", "Enter", "1", "Left", "Right")
    #expect(stage.row(28).contains("1  ←  →"))
    stage.press(":present", "Enter", " ")
    #expect(stage.row(28).contains("Space"))
    stage.press(":keys off", "Enter")
    #expect(!stage.row(28).contains("Space"))
    stage.press(":keys maybe", "Enter")
    #expect(stage.bottom.contains("takes on or off"))
  }

  // MARK: The tour

  private func tour(_ beats: [Beat]) -> TourStage {
    var stage = TourStage(beats)
    stage.press(":present", "Enter")
    return stage
  }

  @Test("Next shows the solution, then goes on; the class sees the right answer")
  func tour() {
    var stage = tour([
      TourStage.beat(TourStage.choose([.holds("~on"), .holds("on")], then: ["take On"])),
      TourStage.beat(
        TourStage.make(goal: "count = 1 /\\ ~on") {
          $0.solution = [TourText("take On"), TourText("take Off")]
        }),
      TourStage.beat(),
    ])
    #expect(stage.tour.presents && stage.screen.contains("Space on"))
    stage.press(" ")
    #expect(
      stage.feedback.hasPrefix("Right. Reason 1.") && stage.tour.chosen == 1 && stage.session?.step == 1)
    stage.press(" ")
    #expect(stage.tour.beatIndex == 1 && stage.session?.screen.presents == true)
    stage.press("1", "x", "A")
    #expect(stage.session?.step == 0 && stage.tour.input == .none)
    stage.press("Right")
    #expect(stage.session?.step == 2 && stage.tour.isSolved)
    stage.press("Right", "Left", "Right")
    stage.press(":present", "Enter")
    #expect(!stage.tour.presents)
  }
}
