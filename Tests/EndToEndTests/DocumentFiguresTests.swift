import Foundation
import Testing

/// The outcomes, counts and trace lengths in the documents and in the models' comments equal those of a check. The tables of figures and of
/// explorations have their own tests; these tests cover everything else.
@Suite("Figures in the documents", .serialized, .timeLimit(.minutes(10)))
struct DocumentFiguresTests {
  /// The known results of the models, with their own constants and with others.
  private static let known: [DocumentedCheck] =
    ModelFiguresTests.table.map { figures in
      DocumentedCheck(
        model: figures.model, outcome: figures.outcome,
        violated: figures.violated.isEmpty ? nil : figures.violated, traceStates: figures.traceStates,
        generated: figures.generated, distinct: figures.distinct, depth: figures.depth)
    } + ExplorationTests.runs + ExplorationTests.variants

  private static let folder = SynscopeBinary.packageFolder + "/Models"

  private static func traces() -> [String] {
    let ending = ".itf.json"
    let paths = FileManager.default.enumerator(atPath: folder)?.allObjects as? [String] ?? []
    return paths.filter { $0.hasSuffix(ending) }.map { String($0.dropLast(ending.count)) }.sorted()
  }

  private static func trace(_ name: String) throws -> JSON {
    try JSON.read(Document.text("Models/\(name).itf.json"))
  }

  // MARK: Numbers of states

  /// A number of states in a text, and its model.
  struct Mention: Sendable, CustomTestStringConvertible {
    let file: String
    let model: String?
    let states: Int
    let words: String

    var testDescription: String { "\(file): \(words)" }
  }

  /// All mentions. The model is given by the file, by its name before the number in the same paragraph or row, or by the heading.
  static let mentions: [Mention] = {
    var result: [Mention] = []
    for path in ["README.md", Document.guide, Document.models, Document.exploration] {
      var heading = ""
      for line in paragraphs(Document.text(path)) {
        if line.hasPrefix("#") { heading = line }
        result += mentions(in: line, file: path) { lastModel(in: $0) ?? lastModel(in: heading) }
      }
    }
    for check in ModelFiguresTests.table {
      let header = header(of: check.model)
      result += mentions(in: header, file: check.model + ".tla") { _ in check.model }
    }
    return result
  }()

  /// Each paragraph as one line. Each row of a table is a paragraph.
  private static func paragraphs(_ text: String) -> [String] {
    text.components(separatedBy: "\n\n").flatMap { block -> [String] in
      let isTable = block.hasPrefix("|")
      return isTable ? block.components(separatedBy: "\n") : [block.replacing("\n", with: " ")]
    }
  }

  /// The comment at the head of a module, as one line.
  private static func header(of model: String) -> String {
    let lines = Document.text("Models/\(model).tla").components(separatedBy: "\n").dropFirst()
    return lines.prefix { $0.hasPrefix("\\*") }.map { $0.dropFirst(2).trimmingCharacters(in: .whitespaces) }
      .joined(separator: " ")
  }

  private static func mentions(in line: String, file: String, model: (String) -> String?) -> [Mention] {
    line.matches(of: /([0-9][0-9,]*) states/).compactMap { match in
      // `stopped at 12 million states` has no such number; it is a row of the explorations.
      guard let states = Document.number(match.1) else { return nil }
      let before = String(line[..<match.range.lowerBound])
      return Mention(
        file: file, model: model(before), states: states, words: before.suffix(60) + String(match.0))
    }
  }

  private static func lastModel(in text: String) -> String? {
    let names = text.matches(
      of: /shapes\/\w+|((?:bookings|deploy|pool|replication|syn)\/)?(?:[Pp]art ?\d+[ab]?|library)/)
    return names.last.map { match in
      let name = match.0.lowercased().replacing(" ", with: "")
      return name.contains("/") ? name : "syn/" + name
    }
  }

  @Test("Every number of states is that of a check or of a saved trace", arguments: mentions)
  func statesAreThoseOfAModel(_ mention: Mention) throws {
    let model = try #require(mention.model, "no model is named")
    var numbers = Self.known.filter { $0.model == model }
      .flatMap { [$0.traceStates, $0.distinct, $0.generated] }.compactMap { $0 }
    for name in Self.traces() where name == model || name.hasPrefix(model + "-") {
      numbers.append(try Self.trace(name)["states"].array.count)
    }
    // Numbers in rows about other constants are tried below.
    numbers += Self.claims.filter { $0.model == model }.compactMap(\.states)
    #expect(numbers.contains(mention.states), "\(model): \(numbers)")
  }

  @Test("Every document has such numbers")
  func mentionsAreFound() {
    for path in ["README.md", Document.guide, Document.models, Document.exploration] {
      #expect(Self.mentions.count { $0.file == path } >= (path == "README.md" ? 1 : 4), "\(path)")
    }
    for figures in ModelFiguresTests.table where figures.outcome == "invariant" {
      #expect(Self.mentions.contains { $0.file == figures.model + ".tla" }, "\(figures.model)")
      #expect(!Self.header(of: figures.model).contains("finds no error"))
    }
    for figures in ModelFiguresTests.table where figures.outcome == "success" {
      #expect(
        !Self.header(of: figures.model).contains("AllRegistered fails, at best")
          || figures.model == "syn/part13")
    }
  }

  // MARK: Outcomes in words

  /// The claim of a row about a model: `holds with one split`.
  struct Claim: Sendable, CustomTestStringConvertible {
    let model: String
    /// The invariant or property, if the row names it.
    let name: String?
    let holds: Bool
    let states: Int?
    /// `Nodes` and `MaxDisconnections`, if the row gives them.
    let nodes: Int?
    let splits: Int?

    var testDescription: String {
      "\(model): \(name ?? "") \(holds ? "holds" : "fails") \(states ?? 0) nodes \(nodes ?? 0) splits \(splits ?? 0)"
    }
  }

  private static let rows: [(model: String, words: String)] =
    Document.table("| model | | |", in: Document.guide).map { ($0[0], $0[2]) }
    + Document.table("| model | what it adds | what the checker says |", in: Document.models)
    .map { ($0[0], $0[2]) }

  private static let single = rows.filter { !$0.model.contains(" to ") }
    .map { (model: $0.model.replacing("`", with: ""), words: $0.words) }

  static let claims: [Claim] = single.flatMap { claims(of: $0.model, in: $0.words) }

  private static let numbers = ["one": 1, "two": 2, "three": 3]

  /// Reads phrase by phrase: `Holds with one split; with two ... fails`. A phrase inherits what it leaves out from the previous one.
  private static func claims(of model: String, in words: String) -> [Claim] {
    var result: [Claim] = []
    var unit = "split"
    var holds: Bool?
    for phrase in words.split(whereSeparator: { ";:.,".contains($0) }).map({ $0.lowercased() }) {
      let isAsked = phrase.contains("with ")
      var conditions: [String: Int] = [:]
      for match in phrase.matches(of: /(?:with|and) (one|two|three)(?: (split|node)s?)?/) where isAsked {
        unit = match.2.map(String.init) ?? unit
        conditions[unit] = numbers[String(match.1)]
      }
      let verb = phrase.firstMatch(of: /(?:`(\w+)` )?(holds|fails)/)
      if let verb { holds = verb.2 == "holds" }
      guard verb != nil || !conditions.isEmpty, let holds else { continue }
      let name = verb?.1.flatMap { word in words.matches(of: /`(\w+)`/).first { $0.1.lowercased() == word } }
      result.append(
        Claim(
          model: model, name: name.map { String($0.1) }, holds: holds,
          states: phrase.firstMatch(of: /in ([0-9]+) states/).flatMap { Int($0.1) },
          nodes: conditions["node"], splits: conditions["split"]))
    }
    return result
  }

  @Test("Each row about one model agrees with a check of the model")
  func everyRowIsRead() {
    #expect(Self.rows.count >= 35)
    for (model, _) in Self.single {
      #expect(Self.claims.contains { $0.model == model }, "\(model)")
      #expect(ModelFiguresTests.table.contains { $0.model == model }, "\(model)")
    }
    #expect(Set(ModelFiguresTests.table.map(\.model)).isSubset(of: Set(Self.single.map(\.model))))
  }

  /// If a claim about other constants was explored, the record is used, else it is checked here.
  @Test("The claims of the rows", arguments: claims)
  func claim(_ claim: Claim) async throws {
    let figures = try #require(ModelFiguresTests.table.first { $0.model == claim.model })
    let properties = ModelFiguresTests.temporalTable.filter { $0.model == claim.model }
    if let name = claim.name, let row = properties.first(where: { $0.property.contains(name) }) {
      #expect((row.outcome == "success") == claim.holds)
      return
    }
    if claim.nodes == nil, claim.splits == nil {
      if claim.holds, let name = claim.name, figures.outcome != "success" {
        try await self.holds(name, in: claim.model)
      } else {
        #expect(claim.holds == (figures.outcome == "success"))
        if let name = claim.name, !claim.holds { #expect(name == figures.violated) }
        if let states = claim.states { #expect(states == figures.traceStates ?? figures.distinct) }
      }
      return
    }
    let explored = Self.known.filter { check in
      check.model == claim.model && check.variant == nil
        && (claim.nodes.map {
          check.constants.contains("Nodes={\((1...$0).map { "n\($0)" }.joined(separator: ","))}")
        } ?? true)
        && (claim.splits.map { check.constants.contains("MaxDisconnections=\($0)") } ?? true)
        && check.outcome != "limit"
    }
    if !explored.isEmpty {
      #expect(
        explored.contains {
          ($0.outcome == "success") == claim.holds && (claim.states == nil || claim.states == $0.traceStates)
        })
      return
    }
    let output = try await SynscopeCommand.run(
      ["check", claim.model, "--json", "--no-liveness"]
        + (claim.splits.map { ["--constant", "MaxDisconnections=\($0)"] } ?? []))
    let report = try JSON.read(output.standardOutput)
    #expect(report["outcome"].string == (claim.holds ? "success" : "invariant"))
    if let states = claim.states { #expect(report["trace"]["states"].array.count == states) }
  }

  /// Checks one invariant of a model whose others fail.
  private func holds(_ invariant: String, in model: String) async throws {
    let lines = Document.text("Models/\(model).cfg").components(separatedBy: "\n")
    let kept = lines.prefix { !$0.hasPrefix("INVARIANT") } + ["INVARIANT \(invariant)"]
    let name = String(model.split(separator: "/").last ?? "")
    try await TestFolder.with([
      "\(name).tla": Document.text("Models/\(model).tla"), "\(name).cfg": kept.joined(separator: "\n"),
    ]) { folder in
      let output = try await SynscopeCommand.run(["check", folder.file("\(name).tla"), "--json"])
      #expect(try JSON.read(output.standardOutput)["outcome"].string == "success", "\(output.text)")
    }
  }

  @Test("The guide's rows about several models")
  func groups() throws {
    let groups = Self.rows.filter { $0.model.contains(" to ") }
    let refuted = ModelFiguresTests.temporalTable.filter { $0.outcome == "property" }.map(\.model)
    /// The numbers of the parts from the first to the last of these models that hold, and of those that fail.
    func parts(from first: String, to last: String) throws -> (hold: [String], fail: [String]) {
      let table = ModelFiguresTests.table
      let start = try #require(table.firstIndex { $0.model == first })
      let end = try #require(table.firstIndex { $0.model == last })
      try #require(start <= end)
      func number(_ figures: ModelFiguresTests.Figures) -> String {
        String(figures.model.split(separator: "/").last?.dropFirst("part".count) ?? "")
      }
      func fails(_ figures: ModelFiguresTests.Figures) -> Bool {
        figures.outcome != "success" || refuted.contains(figures.model)
      }
      return (
        hold: table[start...end].filter { !fails($0) }.map(number),
        fail: table[start...end].filter(fails).map(number)
      )
    }
    try #require(groups.count == 6)
    #expect(groups[0].model == "`syn/part6` to `syn/part12`")
    #expect(groups[0].words == "each has a fault for the next to mend; 7 holds")
    #expect(try parts(from: "syn/part6", to: "syn/part12").hold == ["7"])
    #expect(groups[1].model == "`bookings/part1` to `bookings/part5b`")
    #expect(groups[1].words == "a fault and its fix in turn")
    let bookings = try parts(from: "bookings/part1", to: "bookings/part5b")
    #expect(bookings.fail == ["1", "3", "4", "5"])
    #expect(bookings.hold == ["2", "3b", "4b", "5b"])
    #expect(groups[2].model == "`deploy/part1` to `deploy/part5b`")
    #expect(groups[2].words == "1, 2, 3 and 5 have a fault for the next to mend; 4 and 5b hold")
    let deploy = try parts(from: "deploy/part1", to: "deploy/part5b")
    #expect(deploy.fail == ["1", "2", "3", "5"])
    #expect(deploy.hold == ["4", "5b"])
    #expect(groups[3].model == "`pool/part1` to `pool/part4b`")
    #expect(groups[3].words == "1, 2 and 4 have a fault for the next to mend; 3, 3b and 4b hold")
    let pool = try parts(from: "pool/part1", to: "pool/part4b")
    #expect(pool.fail == ["1", "2", "4"])
    #expect(pool.hold == ["3", "3b", "4b"])
    #expect(groups[4].model == "`replication/part1` to `replication/part5b`")
    #expect(groups[4].words == "1 to 5 have a fault for the next to mend; 4b and 5b hold")
    let replication = try parts(from: "replication/part1", to: "replication/part5b")
    #expect(replication.fail == ["1", "2", "3", "4", "5"])
    #expect(replication.hold == ["4b", "5b"])
    #expect(groups[5].model == "`shapes/election` to `shapes/queue`")
    #expect(groups[5].words == "each has a fault for you to mend")
    #expect(try parts(from: "shapes/election", to: "shapes/queue").hold.isEmpty)
  }

  // MARK: Traces

  @Test("A step that the table of replays names is in the trace")
  func namedSteps() throws {
    var count = 0
    for row in Document.table(
      "| trace | replayed on | with | outcome | step | what it shows |", in: Document.models)
    {
      let states = try Self.trace(row[0])["states"].array
      for match in row[5].matches(of: /at step (\d+), (\w+)\((\w+)\)/) {
        let step = try #require(Int(match.1))
        try #require(states.indices.contains(step), "\(row[0])")
        #expect(states[step]["#meta"]["action"].string == String(match.2), "\(row[0]) \(step)")
        #expect(
          states[step]["#meta"]["arguments"].array.first?.string == String(match.3), "\(row[0]) \(step)")
        count += 1
      }
    }
    #expect(count >= 6)
  }

  @Test("The lasso of the fourth booking model: its last two states repeat")
  func lasso() throws {
    let trace = try Self.trace("bookings/part4")
    #expect(trace["states"].array.count == 7)
    #expect(trace["loop"].integer == 5)
  }

  @Test("The steps to try by hand are counterexamples")
  func byHand() throws {
    func actions(_ name: String) throws -> [String] {
      try Self.trace(name)["states"].array.dropFirst().map { $0["#meta"]["action"].string ?? "" }
    }
    func isSaid(_ words: String) -> Bool { Document.words(Document.models).contains(words) }
    #expect(
      try actions("bookings/part3") == ["Send", "Timer", "Book", "Snapshot", "Crash", "Restart", "Accepted"])
    #expect(
      isSaid("take `Send(c1)`, `Timer`, `Book`, `Snapshot`, `Crash`, `Restart`, `Accepted(c1)`"))
    #expect(try actions("syn/part4") == ["Disconnect", "Register", "Reconnect"])
    #expect(isSaid("One action and two keys, and the invariant is broken"))
    #expect(
      try actions("syn/part5") == [
        "Register", "Disconnect", "Unregister", "Reconnect", "Discover", "SyncRegister", "Discover",
        "AckSync",
        "AckSync",
      ])
  }

  @Test("The phantom is also found with one name, and sooner")
  func onePhantom() async throws {
    func check(_ constants: [String]) async throws -> JSON {
      try JSON.read(
        try await SynscopeCommand.run(["check", "syn/part5", "--json", "--no-liveness"] + constants)
          .standardOutput)
    }
    let few = try await check(["--constant", "MaxValues=1"])
    let many = try await check([])
    #expect(few["trace"]["states"].array.count == 10)
    #expect(few["generated"].integer ?? .max < many["generated"].integer ?? 0)
  }

  @Test("The README's commands about a counterexample do what the README says")
  func commands() async throws {
    let lines = Document.text("README.md").components(separatedBy: "\n")
    let start = try #require(lines.firstIndex { $0.hasPrefix("synscope check syn/part5 --save-trace ") })
    let commands = lines[start...].prefix { $0.hasPrefix("synscope ") }
    #expect(commands.count == 4)
    let script =
      ["synscope() { \"$SYNSCOPE\" \"$@\" >/dev/null 2>&1; }"] + commands.flatMap { [$0, "echo $?"] }
    try await TestFolder.with { folder in
      let output = try await SynscopeCommand.shell(script.joined(separator: "\n"), in: folder.path)
      #expect(output.standardOutput == "12\n1\n0\n0\n", "\(output.text)")
    }
  }
}
