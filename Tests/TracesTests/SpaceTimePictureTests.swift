import Foundation
import StateSpace
import Testing
import Traces

/// Measures the pictures: where their words are, and where their lines.
@Suite struct SpaceTimePictureTests {
  @Test("No word lies on another, on a line or on a dot", arguments: BundledTrace.names)
  func bundled(name: String) throws {
    let bundled = try BundledTrace(name)
    for header in [true, false] {
      let svg = SpaceTimeSVGWriter.text(bundled.trace, structure: bundled.structure, hasHeader: header)
      let picture = try MeasuredPicture(svg)
      #expect(picture.texts.count > bundled.trace.steps.count)
      #expect(picture.collisions == [])
    }
  }

  @Test("The same for messages to oneself, to many, to nobody, in pools, and for long names")
  func madeUp() throws {
    let names = ["first_node_with_a_long_name", "n", "third_node_with_a_very_long_name"].map(
      PlainValue.modelValue)
    func state(_ inboxes: [[PlainValue]], _ phase: [String], _ pool: [PlainValue]) -> [PlainValue] {
      func each(_ values: [PlainValue]) -> PlainValue {
        .function(zip(names, values).map { PlainValue.Pair(argument: $0, value: $1) })
      }
      return [each(inboxes.map(PlainValue.tuple)), each(phase.map(PlainValue.string)), .set(pool)]
    }
    func message(_ text: String) -> PlainValue { record(("kind", .string(text)), ("value", int(7))) }
    let long = message("a_message_whose_kind_has_a_very_long_name_indeed")
    let states: [(String, [PlainValue], [PlainValue])] = [
      ("", [], state([[message("waiting"), message("too")], [], []], ["a", "a", "a"], [])),
      (
        "Send", [names[0]],
        state([[message("waiting"), message("too"), long], [long], [long]], ["b", "a", "a"], [])
      ),
      ("Both", [], state([[message("too"), long], [], [long]], ["c", "c", "c"], [long])),
      ("Drop", [names[2]], state([[long], [], []], ["c", "c", "d"], [long, message("more")])),
      ("Back", [names[1]], state([[long, message("x")], [], []], ["c", "e", "d"], [])),
    ]
    var trace = Trace(
      variables: ["inbox", "phase", "net"],
      steps: states.map { name, arguments, values in
        TraceStep(label: name.isEmpty ? nil : ActionLabel(name: name, arguments: arguments), values: values)
      })
    trace.loop = 1
    trace.closing = ActionLabel(name: "Again", arguments: [])
    trace.stepNotes = [2: "a remark that is long enough to be cut somewhere, for it has no end"]
    trace.omissions = [3: .states(4)]
    trace.violation = Trace.Violation(
      name: "Safe", step: 4, explanation: "x = 1", why: [String(repeating: "because of it ", count: 40)])
    let structure = ProtocolStructure(
      variables: trace.variables, constants: [("Nodes", .set(names))], states: trace.steps.map(\.values))
    try #require(structure.nodes.count == 3)
    for structure in [structure, nil] {
      let svg = SpaceTimeSVGWriter.text(trace, structure: structure)
      let picture = try MeasuredPicture(svg)
      #expect(picture.collisions == [])
      #expect(picture.texts.contains { $0.text == "back to state 1 by Again" })
      #expect(picture.texts.contains { $0.text.hasPrefix("✗ Safe") })
    }
  }

  @Test("Loop, violation and legend stand on the picture, and it follows the reader's colours")
  func whatStandsOnIt() throws {
    let bundled = try BundledTrace("syn/part5")
    let svg = TraceFormat.svg.write(bundled.trace, structure: bundled.structure)
    #expect(svg.contains(">Trace of part5: counterexample to AllRegistered</text>"))
    #expect(svg.contains(">✗ AllRegistered: "))
    #expect(svg.contains("@media (prefers-color-scheme: dark)"))
    for words in ["message", "across a cut, or late", "split"] {
      #expect(svg.contains(">\(words)</text>"), "\(words)")
    }
    #expect(svg == TraceFormat.svg.write(bundled.trace, structure: bundled.structure))
  }
}

/// The boxes of the words of a picture, and its lines as short straight pieces.
struct MeasuredPicture {
  struct Box: Equatable {
    var left: Double
    var top: Double
    var right: Double
    var bottom: Double

    func overlaps(_ other: Box) -> Bool {
      left < other.right && other.left < right && top < other.bottom && other.top < bottom
    }
  }
  typealias Text = (text: String, box: Box)

  private(set) var texts: [Text] = []
  /// Each piece of a line as a thin box.
  private(set) var lines: [Box] = []

  init(_ svg: String) throws {
    #expect(XMLCheck.isWellFormed(svg))
    for element in svg.matches(of: /<(text|line|path|circle)([^>]*?)\/?>([^<]*)/) {
      let attributes = Dictionary(
        element.2.matches(of: /([a-z0-9-]+)="([^"]*)"/).map { (String($0.1), String($0.2)) },
        uniquingKeysWith: { first, _ in first })
      func number(_ name: String) -> Double { attributes[name].flatMap(Double.init) ?? 0 }
      switch element.1 {
      case "text":
        let text = String(element.3).replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing(
          "&quot;", with: "\""
        )
        .replacing("&#39;", with: "'").replacing("&amp;", with: "&")
        // A letter of a monospaced font of 13 pixels is less than 8 wide, and reaches from 10 above the base line to 3 below.
        let width = Double(text.count) * 8
        let x = number("x") - (attributes["class"] == "lane" ? width / 2 : 0)
        texts.append((text, Box(left: x, top: number("y") - 10, right: x + width, bottom: number("y") + 3)))
      case "line": add(number("x1"), number("y1"), number("x2"), number("y2"))
      case "circle":
        let (x, y, r) = (number("cx"), number("cy"), number("r"))
        lines.append(Box(left: x - r, top: y - r, right: x + r, bottom: y + r))
      default: add(path: attributes["d"] ?? "")
      }
    }
  }

  private mutating func add(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) {
    let half = 0.8
    lines.append(
      Box(
        left: min(x1, x2) - half, top: min(y1, y2) - half, right: max(x1, x2) + half,
        bottom: max(y1, y2) + half))
  }

  private mutating func add(path: String) {
    var (x, y) = (0.0, 0.0)
    for command in path.matches(of: /([MLHVQZ])([^MLHVQZ]*)/) {
      let numbers = command.2.split(separator: " ").compactMap { Double($0) }
      var (nextX, nextY) = (x, y)
      switch command.1 {
      case "H": nextX = numbers[0]
      case "V": nextY = numbers[0]
      case "Z": continue
      default: (nextX, nextY) = (numbers[numbers.count - 2], numbers[numbers.count - 1])
      }
      if command.1 != "M" { add(x, y, nextX, nextY) }
      (x, y) = (nextX, nextY)
    }
  }

  /// Every pair of words, and of a word and a line, that share a place.
  var collisions: [String] {
    var found: [String] = []
    for (index, one) in texts.enumerated() {
      for other in texts.dropFirst(index + 1) where one.box.overlaps(other.box) {
        found.append("\(one.text) on \(other.text)")
      }
      for line in lines where one.box.overlaps(line) {
        found.append("\(one.text) on a line at \(line.left), \(line.top)")
      }
    }
    return found
  }
}
