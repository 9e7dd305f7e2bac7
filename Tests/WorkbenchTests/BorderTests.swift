import StateSpace
import Testing

@testable import Workbench

/// The user's own sizes of panes.
@Suite("Borders and sizes of panes")
struct BorderTests {
  private func frame(_ pane: Pane, _ stage: Stage) throws -> Rectangle {
    try #require(stage.session.layout.place(of: pane)?.frame)
  }

  @Test("Keys move the borders of the focused pane, and :usual-sizes puts them back")
  func keys() throws {
    var stage = try Stage("syn/part5", width: 120, height: 34)
    stage.session.focus(on: .nodes)
    let (nodes, actions) = (try frame(.nodes, stage), try frame(.actions, stage))
    stage.press("]", "]", "}")
    #expect(try frame(.nodes, stage).width == nodes.width + 4)
    #expect(try frame(.nodes, stage).height == nodes.height + 1)
    #expect(try frame(.actions, stage).width == actions.width - 4)
    stage.press("[", "{")
    #expect(try frame(.nodes, stage).width == nodes.width + 2)
    #expect(try frame(.nodes, stage).height == nodes.height)
    // A pane at the right or at the bottom moves the border before it.
    stage.session.focus(on: .checker)
    let checker = try frame(.checker, stage)
    stage.press("}", "]")
    #expect(try frame(.checker, stage).y == checker.y - 1)
    #expect(try frame(.checker, stage).width == checker.width + 2)
    stage.press(":usual-sizes", "Enter")
    #expect(try frame(.nodes, stage) == nodes)
    #expect(try frame(.actions, stage) == actions)
    stage.resize(80, 24)
    stage.press("]")
    #expect(stage.bottom.contains("has the whole width already"))
  }

  @Test("The mouse drags a border, and two where they meet")
  func drag() throws {
    var stage = try Stage("syn/part5", width: 120, height: 34)
    let nodes = try frame(.nodes, stage)
    func send(_ kind: Mouse.Kind, _ x: Int, _ y: Int) {
      stage.send(.mouse(Mouse(kind: kind, point: Point(x: x, y: y))))
    }
    send(.click, nodes.endX - 1, nodes.y + 2)
    send(.drag, nodes.endX - 4, nodes.y + 3)
    send(.drag, nodes.endX - 9, nodes.y + 9)
    #expect(try frame(.nodes, stage).width == nodes.width - 8)
    send(.release, nodes.endX - 9, nodes.y + 9)
    send(.drag, nodes.endX + 9, nodes.y + 9)
    #expect(try frame(.nodes, stage).width == nodes.width - 8, "nobody holds it any more")
    let corner = try frame(.nodes, stage)
    send(.click, corner.endX - 1, corner.endY - 1)
    send(.drag, corner.endX + 4, corner.endY + 2)
    send(.release, corner.endX + 4, corner.endY + 2)
    #expect(
      try frame(.nodes, stage)
        == Rectangle(x: 0, y: 1, width: corner.width + 5, height: corner.height + 3))
    // Inside a pane there is nothing to drag.
    let before = stage.session.layout.places.map(\.frame)
    send(.click, 5, 3)
    send(.drag, 50, 20)
    send(.release, 50, 20)
    #expect(stage.session.layout.places.map(\.frame) == before)
  }

  @Test("A key goes through the sizes of the focused pane", arguments: [(120, 34), (200, 60), (80, 24)])
  func sizes(width: Int, height: Int) throws {
    var stage = try Stage("syn/part5", width: width, height: height)
    for pane in stage.session.panes {
      stage.session.focus(on: pane)
      let usual = stage.session.layout.places.map(\.frame)
      let own = try frame(pane, stage)
      stage.press("w")
      let half = try frame(pane, stage)
      #expect(half.width * half.height >= own.width * own.height)
      #expect(half.width * 2 >= width && half.height * 2 >= height - 2, "\(pane) \(half)")
      #expect(stage.session.layout.places.count > 1)
      stage.press("w")
      #expect(try frame(pane, stage) == Rectangle(x: 0, y: 1, width: width, height: height - 2))
      stage.press("w")
      #expect(stage.session.layout.places.map(\.frame) == usual)
      stage.press("W", "W")
      #expect(try frame(pane, stage) == half)
      stage.press("Esc")
      #expect(stage.session.layout.places.map(\.frame) == usual)
    }
  }

  @Test("What the user moved stays while they step, and after another size")
  func calm() throws {
    var stage = try Stage("syn/part13", width: 120, height: 34)
    stage.session.focus(on: .nodes)
    stage.press("}", "}", "[")
    stage.session.focus(on: .properties)
    stage.press("}")
    let frames = stage.session.layout.places.map(\.frame)
    for round in 0..<20 {
      let enabled = stage.session.report.enabled.count
      stage.session.take(number: String(round * 5 % enabled + 1))
      #expect(stage.session.layout.places.map(\.frame) == frames)
    }
    for (width, height) in [(80, 24), (200, 60), (100, 24), (120, 34)] { stage.resize(width, height) }
    #expect(stage.session.layout.places.map(\.frame) == frames)
  }

  @Test("However borders are moved, the panes fill the screen, and each keeps some room")
  func anyMoves() throws {
    var stage = try Stage("syn/part5", constants: ["Nodes={n1,n2,n3}"])
    var numbers = SeededNumbers(seed: 7)
    for round in 0..<60 {
      let width = Int.random(in: 60...230, using: &numbers)
      let height = Int.random(in: 16...70, using: &numbers)
      stage.resize(width, height)
      stage.session.focus(on: Pane.allCases[round % Pane.allCases.count])
      stage.session.setPaneSize(round % 3 == 0 ? .half : .normal)
      for _ in 0..<6 {
        guard let border = stage.session.layout.borders.randomElement(using: &numbers) else { break }
        stage.session.move(border.border, to: Int.random(in: -5...250, using: &numbers))
      }
      var covered = Set<Int>()
      for place in stage.session.layout.places {
        #expect(
          place.frame.inner.width >= 20 && place.frame.inner.height >= 2, "\(place.pane) \(width)×\(height)")
        for y in place.frame.y..<place.frame.endY {
          for x in place.frame.x..<place.frame.endX { covered.insert(y * 1000 + x) }
        }
      }
      #expect(covered.count == width * (height - 2), "\(width)×\(height)")
      #expect(covered.min() == 1000)
      #expect(!stage.screen.isEmpty)
    }
  }
}
