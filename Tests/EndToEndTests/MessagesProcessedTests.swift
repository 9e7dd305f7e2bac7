import Foundation
import Testing

/// `AllMessagesProcessed` in the parts of Syn whose configurations do not list it. It holds in all of them, and the check notes that it says
/// nothing. The figures are those in `Models/syn/README.md`.
@Suite("AllMessagesProcessed in the finite parts", .serialized, .timeLimit(.minutes(5)))
struct MessagesProcessedTests {
  /// A line of the table.
  struct Figures: Sendable, CustomTestStringConvertible {
    /// `syn/part7`
    let model: String
    /// The value of `MaxValues`; nil for that of the part's own configuration.
    let maxValues: Int?
    let generated: Int?
    let distinct: Int?
    let depth: Int?

    var testDescription: String { model }
  }

  private static let property = "AllMessagesProcessed"

  /// The table; empty if it is missing.
  static let table: [Figures] = Document.table(
    "| part | `MaxValues` | generated | distinct | depth |", in: Document.exploration
  ).map { cells in
    Figures(
      model: "syn/" + cells[0].replacing("part ", with: "part"), maxValues: Int(cells[1]),
      generated: Document.number(cells[2]), distinct: Document.number(cells[3]),
      depth: Document.number(cells[4]))
  }

  /// The lines that are checked here. Part 3b would take too long.
  static let checked = table.filter { $0.model != "syn/part3b" }

  @Test("Each part has a line; if the part itself holds, it has the figures of the invariants' check")
  func completeness() {
    #expect(
      Self.table.map(\.model)
        == ["3a", "3b", "4", "7", "8", "9", "10", "11", "12"].map { "syn/part" + $0 })
    #expect(Self.table.filter { $0.maxValues != nil }.map(\.model) == ["syn/part3a", "syn/part4"])
    #expect(Self.table.allSatisfy { $0.generated != nil && $0.distinct != nil && $0.depth != nil })
    var compared: [String] = []
    for figures in Self.table where figures.maxValues == nil {
      let lines = ModelFiguresTests.table.filter { $0.model == figures.model && $0.outcome == "success" }
      guard let own = lines.first else { continue }
      #expect(figures.generated == own.generated, "\(figures.model)")
      #expect(figures.distinct == own.distinct, "\(figures.model)")
      #expect(figures.depth == own.depth, "\(figures.model)")
      compared.append(figures.model)
    }
    #expect(compared == ["syn/part3b", "syn/part7"])
  }

  @Test("It holds in every reachable state, and says nothing", arguments: checked)
  func holds(_ expected: Figures) async throws {
    try await TestFolder.with(["Property.cfg": Self.configuration(of: expected.model)]) { folder in
      let output = try await SynscopeCommand.run(
        ["check", expected.model, "--config", folder.file("Property.cfg"), "--json"]
          + (expected.maxValues.map { ["--constant", "MaxValues=\($0)"] } ?? []))
      #expect(output.exitCode == 0, "\(output.text)")
      let report = try JSON.read(output.standardOutput)
      #expect(report["outcome"].string == "success")
      #expect(report["unchecked"].array.isEmpty, "\(output.standardOutput)")
      #expect(report["generated"].integer == expected.generated)
      #expect(report["distinct"].integer == expected.distinct)
      #expect(report["depth"].integer == expected.depth)
      let notes = report["notes"].array.compactMap(\.string)
      #expect(
        notes.contains { $0.hasPrefix(Self.property) && $0.contains("is true in every initial state") },
        "\(notes)")
    }
  }

  /// The model's own configuration with the property instead of the invariants, which are listed last.
  private static func configuration(of model: String) -> String {
    let lines = Document.text("Models/\(model).cfg").components(separatedBy: "\n")
    let end = lines.firstIndex { $0.hasPrefix("INVARIANT") } ?? lines.count
    var kept = Array(lines[..<end])
    kept += lines[end...].filter { $0.hasPrefix("CHECK_DEADLOCK") }
    kept.append("PROPERTY \(property)\n")
    return kept.joined(separator: "\n")
  }
}
