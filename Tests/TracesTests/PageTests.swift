import Foundation
import StateSpace
import Testing
import Traces

@Suite("The page for a browser")
struct PageTests {
  private static func page(_ name: String = "syn/part5") throws -> String {
    let bundled = try BundledTrace(name)
    return TraceFormat.html.write(bundled.trace, structure: bundled.structure)
  }

  @Test("Every element is closed, ids are unique and every link has its place", arguments: BundledTrace.names)
  func structure(name: String) throws {
    let page = try Self.page(name)
    #expect(PageCheck.problems(in: page) == [])
  }

  @Test("The phantom's page is small, needs nothing else, and is the same each time")
  func size() throws {
    let page = try Self.page()
    #expect(page.utf8.count < 300_000)
    #expect(page == (try Self.page()))
    #expect(!page.contains("src="))
    #expect(!page.contains("url("))
    #expect(!page.contains("@import"))
    #expect(page.components(separatedBy: "http").count - 1 == 2)
  }

  @Test("Cards show what the Nodes pane shows, and the violation stands with its why")
  func contents() throws {
    let page = try Self.page()
    for text in [
      "<h1>AllRegistered fails after 9 steps</h1>", "<h2>Why</h2>",
      "0 in registered: taken out by Unregister(n1) at 3",
      "href=\"#9\"", "split since 2", "╳ from before the split",
      "✗ AllRegistered",
      "<span class=\"was\">was empty</span>", "late: sent before the split",
    ] {
      #expect(page.contains(text), "\(text)")
    }
    #expect(page.components(separatedBy: "<section class=\"state\"").count - 1 == 10)
    #expect(page.components(separatedBy: "<section class=\"card").count - 1 == 20)
    #expect(page.components(separatedBy: "card failing").count - 1 == 1)
  }

  @Test("A lasso says where it goes back, a gap what is left out, a remark stands at its step")
  func lasso() throws {
    var trace = try BundledTrace("syn/part5").trace
    trace.violation = nil
    trace.loop = 2
    trace.closing = ActionLabel(name: "Reset", arguments: [])
    trace.omissions = [3: .states(7)]
    trace.stepNotes = [4: "what if: x = 1"]
    let page = TraceFormat.html.write(trace)
    #expect(page.contains("↺ back to state 2 by Reset"))
    #expect(page.contains("… 7 states are left out"))
    #expect(page.contains("<p class=\"note\">what if: x = 1</p>"))
    #expect(PageCheck.problems(in: page) == [])
  }

  @Test("Text from a specification or a file is text, wherever it stands")
  func escaping() throws {
    let evil = "</script></style><img src=x onerror=alert(1)>\"'&amp;\u{1B}[2J<!--"
    let names = [evil, "b"].map(PlainValue.modelValue)
    func state(_ text: String, _ inbox: [PlainValue]) -> [PlainValue] {
      [
        .function([
          PlainValue.Pair(argument: names[0], value: .tuple(inbox)),
          PlainValue.Pair(argument: names[1], value: .tuple([])),
        ]), .record([PlainValue.Field(name: text, value: .string(text))]),
      ]
    }
    var trace = Trace(
      variables: ["inbox", evil],
      steps: [
        TraceStep(label: nil, values: state("a", [])),
        TraceStep(
          label: ActionLabel(name: evil, arguments: [names[0], .string(evil)]),
          values: state(evil, [record(("kind", .string(evil)), ("from", names[1]))])),
      ],
      metadata: Trace.Metadata(model: evil, digest: evil, source: evil, notes: [evil]))
    trace.loop = 0
    trace.closing = ActionLabel(name: evil, arguments: [])
    trace.stepNotes = [1: evil]
    trace.captions = [1: evil]
    trace.violation = Trace.Violation(
      name: evil, step: 1, explanation: evil, why: [evil], witnesses: [names[0]])
    let structure = ProtocolStructure(
      variables: trace.variables, constants: [("Nodes", .set(names))], states: trace.steps.map(\.values))
    try #require(structure.nodes.count == 2)
    for structure in [structure, nil] {
      let page = HTMLWriter.text(trace, structure: structure)
      #expect(!page.contains("<img"))
      #expect(!page.contains("<!--"))
      #expect(page.components(separatedBy: "</script>").count - 1 == 1)
      #expect(page.components(separatedBy: "</style>").count - 1 <= 2)
      #expect(!page.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
      #expect(page.contains("&lt;img src=x onerror=alert(1)&gt;"))
      #expect(PageCheck.problems(in: page) == [])
    }
  }

  @Test("An empty trace, one without nodes and one that names no model have a page, too")
  func small() {
    for trace in [
      Trace(variables: ["x"], steps: []),
      Trace(variables: ["x"], steps: [TraceStep(label: nil, values: [.boolean(true)])]),
    ] {
      let page = TraceFormat.html.write(trace)
      #expect(PageCheck.problems(in: page) == [])
      #expect(!page.contains("<svg"))
    }
  }
}

/// A strict look at a page's markup.
enum PageCheck {
  private static let empty: Set = ["meta", "input"]

  static func problems(in page: String) -> [String] {
    var problems: [String] = []
    var open: [String] = []
    var ids: Set<String> = []
    var targets: Set<String> = []
    // Styles and scripts have no markup.
    let markup = page.replacing(/(?s)<(style|script)>.*?<\/(style|script)>/, with: "")
    if !markup.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">") { problems.append("no doctype and language") }
    for tag in markup.dropFirst("<!DOCTYPE html>".count).matches(
      of: /<(\/?)([a-z0-9]+)((?:\s+[a-zA-Z0-9-]+(?:="[^"<]*")?)*)\s*(\/?)>/)
    {
      let name = String(tag.2)
      if !tag.1.isEmpty {
        if open.popLast() != name { problems.append("</\(name)> closes something else") }
        continue
      }
      if tag.4.isEmpty, !empty.contains(name) { open.append(name) }
      for attribute in tag.3.matches(of: /([a-zA-Z0-9-]+)="([^"]*)"/) {
        if attribute.1 == "id", !ids.insert(String(attribute.2)).inserted {
          problems.append("\(attribute.2) twice")
        }
        if attribute.1 == "href" { targets.insert(String(attribute.2.dropFirst())) }
        if attribute.1 == "aria-labelledby" { targets.insert(String(attribute.2)) }
        if attribute.1.hasPrefix("on") { problems.append("a handler in markup: \(attribute.0)") }
      }
    }
    if !open.isEmpty { problems.append("not closed: \(open)") }
    let tags = markup.matches(of: /<\/?[a-z0-9]+(?:\s+[a-zA-Z0-9-]+(?:="[^"<]*")?)*\s*\/?>/).count
    if tags != markup.count(where: { $0 == "<" }) - 1 { problems.append("a < that begins no tag") }
    problems += targets.subtracting(ids).map { "nothing is named \($0)" }
    return problems
  }
}
