import Foundation
import Testing

/// The explorations in `Models/syn/README.md`. Every test run repeats the short ones. `make explorations` repeats the others and records
/// their results with a digest of the model.
@Suite("Explorations", .serialized, .timeLimit(.minutes(60)))
struct ExplorationTests {
  private static let heading =
    "| model | nodes | names | splits | outcome | generated | distinct | depth | seconds | bytes | checked |"
  private static let variantHeading =
    "| model | what is changed | nodes | names | splits | outcome | checked |"
  private static let always = "always"
  private static let onRequest = "on request"

  static let runs: [DocumentedCheck] = Document.table(heading, in: Document.exploration).compactMap { cells in
    guard cells.count == 11 else { return nil }
    return run(
      cells[0], variant: nil, settings: Array(cells[1...3]), outcome: cells[4], counts: Array(cells[5...7]),
      checked: cells[10])
  }

  static let variants: [DocumentedCheck] = Document.table(variantHeading, in: Document.exploration)
    .compactMap { cells in
      guard cells.count == 7 else { return nil }
      return run(
        cells[0], variant: cells[1], settings: Array(cells[2...4]), outcome: cells[5], counts: ["", "", ""],
        checked: cells[6])
    }

  /// Reads a row; nil if its form is unknown.
  private static func run(
    _ model: String, variant: String?, settings: [String], outcome: String, counts: [String], checked: String
  ) -> DocumentedCheck? {
    guard let nodes = Int(settings[0]), let names = Int(settings[1]), let splits = Int(settings[2]),
      [always, onRequest].contains(checked)
    else { return nil }
    var check = DocumentedCheck(
      model: "syn/" + model.replacing("part ", with: "part"), variant: variant,
      constants: [
        "Nodes={\((1...nodes).map { "n\($0)" }.joined(separator: ","))}",
        "Names={\(["a", "b", "c"].prefix(names).joined(separator: ","))}", "MaxDisconnections=\(splits)",
      ], outcome: Self.outcome(outcome), generated: Document.number(counts[0]),
      distinct: Document.number(counts[1]), depth: Document.number(counts[2]), isAlways: checked == always)
    if let found = try? /`(\w+)` fails in (\d+) states/.wholeMatch(in: outcome) {
      check.violated = String(found.1)
      check.traceStates = Int(found.2)
    }
    if let limit = try? /stopped at (\d+) million states, no violation so far/.wholeMatch(in: outcome) {
      check.limits = ["--max-states", "\(limit.1)000000"]
    }
    if let limit = try? /stopped at (\d+) GiB of memory, no violation so far/.wholeMatch(in: outcome) {
      check.limits = ["--memory", "\(limit.1)G"]
    }
    return check
  }

  private static func outcome(_ words: String) -> String {
    if words == "holds" { return "success" }
    return words.hasPrefix("stopped at ") ? "limit" : "invariant"
  }

  /// The changes for the variants. Each old text occurs once in the module.
  private static let replacements: [String: [(old: String, new: String)]] = [
    "`AckSync` keeps the names that are missing from the snapshot": [
      ("known == Without(table[n], From(table[n], m) \\ DOMAIN snapshot)", "known == table[n]")
    ],
    "answers arrive across a cut": [
      (
        "Monitored(Sent(Read(n, m), n, {m}, <<answer>>), n, m)",
        "Monitored([Read(n, m) EXCEPT ![m][n] = Append(@, answer)], n, m)"
      )
    ],
    "a monitor without a link stays silent": [("IF m \\in nodes_map[n] \\union visible_nodes[n]", "IF TRUE")],
    "a third node only looks on; asked when all see each other": [
      ("Others(n) == Nodes \\ {n}", "Others(n) == Nodes \\ {n}\nThird == CHOOSE n \\in Nodes : TRUE"),
      (
        "\\E name \\in names[n] \\ DOMAIN table[n] :",
        "n # Third /\\ \\E name \\in names[n] \\ DOMAIN table[n] :"
      ),
      ("\\E peer \\in visible_nodes[n] :", "n # Third /\\ \\E peer \\in visible_nodes[n] \\ {Third} :"),
      ("    Settled(n) => DOMAIN table[n] =", "    (\\A o \\in Nodes : Settled(o)) => DOMAIN table[n] ="),
    ],
    "asked when all see each other": [
      ("  /\\ visible_nodes[n] = Others(n)\n\n", "  /\\ \\A o \\in Nodes : visible_nodes[o] = Others(o)\n\n")
    ],
  ]

  // MARK: Always

  @Test("All rows of the tables are read, and most runs are repeated")
  func tables() {
    #expect(Self.runs.count == Document.table(Self.heading, in: Document.exploration).count)
    #expect(Self.variants.count == Document.table(Self.variantHeading, in: Document.exploration).count)
    #expect(Set(Self.variants.compactMap(\.variant)) == Set(Self.replacements.keys))
    #expect((Self.runs + Self.variants).count(where: \.isAlways) >= 10)
    for check in Self.runs where check.outcome != "invariant" {
      #expect(
        check.generated != nil && check.distinct != nil && check.depth != nil, "\(check.testDescription)")
    }
    for check in Self.runs + Self.variants where check.outcome == "invariant" {
      #expect(check.traceStates != nil, "\(check.testDescription)")
    }
  }

  @Test("A short run", arguments: (runs + variants).filter(\.isAlways))
  func short(_ check: DocumentedCheck) async throws {
    #expect(try await Self.line(of: check) == Self.expectedLine(of: check))
  }

  @Test("The record of a long run agrees with the document and with the model")
  func records() throws {
    let records = Set(try String(contentsOfFile: Self.recordPath, encoding: .utf8).split(separator: "\n"))
    let expected = try (Self.runs + Self.variants).filter { !$0.isAlways }.map {
      "\(try Self.digest(of: $0))\t\($0.testDescription)\t\(Self.expectedLine(of: $0))"
    }
    for line in expected {
      #expect(records.contains(line[...]), "not in the record (make explorations): \(line)")
    }
    #expect(records.count == expected.count)
  }

  // MARK: On request

  /// Runs the explorations that are not part of every test run, and records the results. It takes about twenty minutes.
  @Test(
    "The long runs, by `make explorations`",
    .enabled(if: isRequested))
  func long() async throws {
    var lines: [String] = []
    for check in (Self.runs + Self.variants).filter({ !$0.isAlways }) {
      let line = try await Self.line(of: check)
      #expect(line == Self.expectedLine(of: check), "\(check.testDescription)")
      lines.append("\(try Self.digest(of: check))\t\(check.testDescription)\t\(line)\n")
    }
    try lines.joined().write(toFile: Self.recordPath, atomically: true, encoding: .utf8)
  }

  private static let isRequested = ProcessInfo.processInfo.environment["SYNSCOPE_EXPLORATIONS"] != nil
  private static let recordPath =
    SynscopeBinary.packageFolder + "/Tests/EndToEndTests/Fixtures/explorations.tsv"

  /// The document's result of a run, in the form of `line(of:)`. The point at which memory ends a run depends on the program's version, so
  /// the counts of such a run are not compared.
  private static func expectedLine(of check: DocumentedCheck) -> String {
    words(
      outcome: check.outcome, violated: check.violated, states: check.traceStates,
      counts: isCounted(check) ? [check.generated, check.distinct, check.depth] : [])
  }

  private static func isCounted(_ check: DocumentedCheck) -> Bool {
    check.traceStates == nil && check.variant == nil && !check.limits.contains("--memory")
  }

  /// Checks a model and returns the result as a line.
  private static func line(of check: DocumentedCheck) async throws -> String {
    try await TestFolder.with { folder in
      let name = String(check.model.split(separator: "/").last ?? "")
      try folder.write(try module(of: check), to: name + ".tla")
      try folder.write(Document.text("Models/\(check.model).cfg"), to: name + ".cfg")
      let output = try await SynscopeCommand.run(
        ["check", folder.file(name + ".tla"), "--json", "--workers", "1"] + check.limits
          + check.constants.flatMap { ["--constant", $0] })
      let report = try JSON.read(output.standardOutput)
      if isRequested {
        // These figures help to update the document.
        let keys = ["seconds", "generated", "distinct", "depth", "peakMemoryBytes"]
        print(check.testDescription, keys.map { "\($0) \(report[$0].number ?? 0)" }.joined(separator: ", "))
      }
      let states = report["trace"]["states"].array.count
      return words(
        outcome: report["outcome"].string ?? "", violated: report["violated"].string,
        states: states > 0 ? states : nil,
        counts: isCounted(check)
          ? [report["generated"].integer, report["distinct"].integer, report["depth"].integer] : [])
    }
  }

  private static func words(outcome: String, violated: String?, states: Int?, counts: [Int?]) -> String {
    ([outcome, violated, states.map { "\($0) states" }] + counts.map { $0.map(String.init) })
      .compactMap { $0 }.joined(separator: " ")
  }

  /// The module with the changes of the variant.
  private static func module(of check: DocumentedCheck) throws -> String {
    var text = Document.text("Models/\(check.model).tla")
    for (old, new) in replacements[check.variant ?? ""] ?? [] {
      try #require(text.ranges(of: old).count == 1, "\(check.model) has not once: \(old)")
      text = text.replacing(old, with: new)
    }
    return text
  }

  /// The FNV-1a digest of module and configuration, without the lines that are comments.
  private static func digest(of check: DocumentedCheck) throws -> String {
    let lines = try (module(of: check) + Document.text("Models/\(check.model).cfg")).split(separator: "\n")
      .filter { !$0.hasPrefix("\\*") }
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in lines.joined(separator: "\n").utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return String(hash, radix: 16)
  }
}
