import StateSpace
import Testing
import TextMutation
import Traces

/// Random walks of the bundled models, written as logs that tell only a part, are explained; with a lie they are not.
@Suite("Generated logs", .timeLimit(.minutes(5)))
struct GeneratedLogTests {
  /// A random walk, and the lines that tell of its steps.
  private struct Walk {
    let explorer: Explorer
    /// For each step: its action, the node that takes it (empty for none), and the members of its line.
    var steps: [(action: String, node: String, members: [JSONValue.Member])] = []
    var random: SplitMix

    init(_ model: String, seed: UInt64, length: Int) throws {
      explorer = try BundledModels.explorer(model)
      random = SplitMix(state: seed)
      var state = try #require(try explorer.initialStates().randomElement(using: &random))
      var trace = [TraceStep(label: nil, values: explorer.values(of: state))]
      while trace.count <= length {
        // A step that changes nothing would be found at once wherever it is asked for.
        let next = try explorer.successors(of: state).filter { $0.state != state }
        guard let step = next.randomElement(using: &random) else { break }
        state = step.state
        trace.append(TraceStep(label: step.label, values: explorer.values(of: state)))
      }
      let json = ITFWriter.json(Trace(variables: explorer.variables, steps: trace))
      let states = if case .array(let states)? = json["states"] { states } else { [JSONValue]() }
      for (step, state) in zip(trace, states).dropFirst() {
        guard let label = step.label, case .object(let members) = state,
          case .array(let arguments)? = state["#meta"]?["arguments"]
        else { continue }
        let parameters =
          explorer.signatures.first { $0.name == label.name && $0.parameters.count == arguments.count }?
          .parameters ?? []
        let given = zip(parameters, arguments).compactMap { name, value in
          name.map { JSONValue.Member($0, value) }
        }
        let node = label.arguments.first.map(\.description) ?? ""
        let names = Set(given.map(\.name))
        let told = members.filter { $0.name != "#meta" && !names.contains($0.name) }
        steps.append((label.name, node, given + told))
      }
    }

    /// The text of a log. `keeps` says whether a step's line tells a member.
    mutating func text(_ steps: [Int], keeps: (Int, JSONValue.Member) -> Bool) -> String {
      steps.map { number in
        let step = self.steps[number]
        let members =
          [
            JSONValue.Member("event", .string(step.action)), JSONValue.Member("at", .string(step.node)),
            JSONValue.Member("number", .integer(number)),
          ] + step.members.filter { keeps(number, $0) }
        return JSONValue.object(members).text()
      }.joined(separator: "\n")
    }

    func judge(
      _ text: String, unlogged: [String: Int] = [:], order: LogOrder
    ) throws -> (verdict: LogVerdict, log: MappedLog) {
      var mapping = LogMapping()
      mapping.event = [LogField(["event"])]
      mapping.node = LogField(["at"])
      mapping.clock = order == .causal ? LogField(["vc"]) : nil
      mapping.unlogged = unlogged.sorted { $0.key < $1.key }.map { ($0.key, .number($0.value)) }
      return try judge([LogLines.File(name: "x.ndjson", bytes: Array(text.utf8))], mapping, order: order)
    }

    func judge(
      _ files: [LogLines.File], _ mapping: LogMapping, order: LogOrder? = nil, isGrowing: Bool = false
    ) throws -> (verdict: LogVerdict, log: MappedLog) {
      let index = try LogIndex(LogLines(files), mapping, isGrowing: isGrowing)
      let log = try MappedLog(index, explorer, order: order, isGrowing: isGrowing)
      let search = try LogSearch(
        explorer, rules: log.rules, unlogged: log.unlogged, options: CheckOptions(),
        matches: { MappedLog.matches(state: $0, logged: $1) })
      return (try search.judge(log) { _ in true }, log)
    }

    /// For each step a vector clock: a step comes after those of its node, and after some others that came before it.
    mutating func vectors() -> [[String: Int]] {
      var known: [String: [String: Int]] = [:]
      var vectors: [[String: Int]] = []
      for (number, step) in steps.enumerated() {
        var vector = known[step.node] ?? [:]
        if number > 0, Bool.random(using: &random) {
          vector.merge(vectors[Int.random(in: 0..<number, using: &random)]) { max($0, $1) }
        }
        vector[step.node, default: 0] += 1
        known[step.node] = vector
        vectors.append(vector)
      }
      return vectors
    }

    /// Each step as a line that tells of the variables that it changes, some of them part by part.
    mutating func updates() -> [JSONValue] {
      let variables = Set(explorer.variables)
      var before: [String: JSONValue] = [:]
      return steps.map { step in
        var members: [JSONValue.Member] = []
        for member in step.members where variables.contains(member.name) {
          defer { before[member.name] = member.value }
          guard let old = before[member.name], old != member.value else { continue }
          if case .object(let parts) = member.value, case .object(let earlier) = old,
            parts.map(\.name) == earlier.map(\.name), !parts.contains(where: { $0.name.hasPrefix("#") })
          {
            for (part, was) in zip(parts, earlier) where part != was {
              let name =
                Bool.random(using: &random) ? "\(member.name).\(part.name)" : "\(part.name).\(member.name)"
              members.append(JSONValue.Member(name, part.value))
            }
          } else {
            members.append(member)
          }
        }
        return .object(members)
      }
    }
  }

  /// A file that has one more line at each look.
  private final class GrowingFile: LogContents {
    private let lines: [String]
    private(set) var shown = 1

    init(_ lines: [String]) { self.lines = lines.map { $0 + "\n" } }

    private var text: [UInt8] { Array(lines[..<shown].joined().utf8) }
    var count: Int { text.count }
    func bytes(_ range: Range<Int>) -> ArraySlice<UInt8> { text[range] }
    func more() -> LogGrowth {
      guard shown < lines.count else { return .ended }
      shown += 1
      return .grown
    }
  }

  private static let models = [
    "syn/part4", "syn/part12", "syn/library", "bookings/part3", "deploy/part3", "pool/part4",
    "replication/part1", "shapes/lock", "shapes/election", "deploy/part5",
  ]

  private func isExplained(_ verdict: LogVerdict) -> Bool {
    if case .explained = verdict { true } else { false }
  }

  @Test("Values left out", arguments: models, [UInt64(1), 2])
  func partial(_ model: String, _ seed: UInt64) throws {
    var walk = try Walk(model, seed: seed, length: 20)
    var random = walk.random
    let text = walk.text(Array(walk.steps.indices)) { _, _ in Int.random(in: 0..<3, using: &random) == 0 }
    #expect(isExplained(try walk.judge(text, order: .total).verdict), "\(text)")
  }

  @Test("Lines dropped", arguments: models, [UInt64(3), 4])
  func dropped(_ model: String, _ seed: UInt64) throws {
    var walk = try Walk(model, seed: seed, length: 14)
    var random = walk.random
    let lost = Set(walk.steps.indices.shuffled(using: &random).prefix(2))
    var budget: [String: Int] = [:]
    for step in lost { budget[walk.steps[step].action, default: 0] += 1 }
    let text = walk.text(walk.steps.indices.filter { !lost.contains($0) }) { _, _ in true }
    #expect(isExplained(try walk.judge(text, unlogged: budget, order: .total).verdict), "\(text)")
  }

  @Test("Lines of different nodes in any order", arguments: models, [UInt64(5), 6])
  func merged(_ model: String, _ seed: UInt64) throws {
    var walk = try Walk(model, seed: seed, length: 10)
    var random = walk.random
    var strands = Dictionary(grouping: walk.steps.indices) { walk.steps[$0].node }.sorted { $0.key < $1.key }
      .map { $0.value[...] }
    var order: [Int] = []
    while let strand = strands.indices.filter({ !strands[$0].isEmpty }).randomElement(using: &random) {
      order.append(strands[strand].removeFirst())
    }
    let text = walk.text(order) { _, _ in true }
    #expect(isExplained(try walk.judge(text, order: .perNode).verdict), "\(text)")
  }

  @Test("A lie is found at its line", arguments: models, [UInt64(7), 8])
  func lie(_ model: String, _ seed: UInt64) throws {
    var walk = try Walk(model, seed: seed, length: 12)
    var random = walk.random
    let liar = Int.random(in: walk.steps.indices, using: &random)
    let variables = Set(walk.explorer.variables)
    let told = walk.steps[liar].members.indices.filter {
      variables.contains(walk.steps[liar].members[$0].name)
    }
    let place = try #require(told.randomElement(using: &random))
    let name = walk.steps[liar].members[place].name
    walk.steps[liar].members[place] = JSONValue.Member(name, .string("a lie"))
    let whole = try walk.judge(walk.text(Array(walk.steps.indices)) { _, _ in true }, order: .total)
    guard case .departs(let departure) = whole.verdict else {
      Issue.record("explained")
      return
    }
    let refusal = try #require(departure.refusals.first?.first)
    #expect(whole.log.lineNumber(of: refusal.place) == liar + 1)
    let reasons = refusal.candidates.map { "\($0.reason)" }.joined()
    #expect(reasons.contains(name), "\(reasons)")

    let partly = try walk.judge(
      walk.text(Array(walk.steps.indices)) { number, member in
        number == liar || Int.random(in: 0..<2, using: &random) == 0
      }, order: .total)
    guard case .departs(let later) = partly.verdict else {
      Issue.record("explained")
      return
    }
    let found = try #require(later.refusals.first?.first.map { partly.log.lineNumber(of: $0.place) } ?? nil)
    #expect(found <= liar + 1)
  }

  @Test("Lines in any order, with vector clocks", arguments: models, [UInt64(9), 10])
  func causal(_ model: String, _ seed: UInt64) throws {
    var walk = try Walk(model, seed: seed, length: 9)
    let vectors = walk.vectors()
    var random = walk.random
    for (number, vector) in vectors.enumerated() {
      let clock = JSONValue.object(
        vector.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, .integer($0.value)) })
      walk.steps[number].members.append(JSONValue.Member("vc", clock))
    }
    let order = walk.steps.indices.shuffled(using: &random)
    let text = walk.text(order) { _, _ in true }
    #expect(isExplained(try walk.judge(text, order: .causal).verdict), "\(text)")
    let liar = Int.random(in: walk.steps.indices, using: &random)
    let variables = Set(walk.explorer.variables)
    let place = try #require(walk.steps[liar].members.firstIndex { variables.contains($0.name) })
    walk.steps[liar].members[place] = JSONValue.Member(walk.steps[liar].members[place].name, .string("a lie"))
    guard
      case .departs(let departure) = try walk.judge(walk.text(order) { _, _ in true }, order: .causal).verdict
    else {
      Issue.record("explained")
      return
    }
    #expect(departure.explained < walk.steps.count)
  }

  @Test("A file for each node", arguments: models, [UInt64(11), 12])
  func files(_ model: String, _ seed: UInt64) throws {
    var walk = try Walk(model, seed: seed, length: 10)
    var mapping = LogMapping()
    mapping.event = [LogField(["event"])]
    let nodes = Dictionary(grouping: walk.steps.indices) { walk.steps[$0].node }.sorted { $0.key < $1.key }
    let files = nodes.map { node, steps in
      LogLines.File(name: "logs/\(node).ndjson", bytes: Array(walk.text(steps) { _, _ in true }.utf8))
    }
    #expect(isExplained(try walk.judge(files, mapping).verdict))
    var total = false
    do { _ = try walk.judge(files, mapping, order: .total) } catch is LogProblems { total = true }
    #expect(total == (files.count > 1), "several files without clocks have no total order")
  }

  @Test("Updates of parts of variables only", arguments: models, [UInt64(13), 14])
  func updates(_ model: String, _ seed: UInt64) throws {
    var walk = try Walk(model, seed: seed, length: 14)
    var random = walk.random
    // What the first step changes is not known, since the initial state is in no line.
    let lines = walk.updates().dropFirst()
    func text(_ lines: ArraySlice<JSONValue>) -> [LogLines.File] {
      [LogLines.File(name: "x", bytes: Array(lines.map { $0.text() }.joined(separator: "\n").utf8))]
    }
    var mapping = LogMapping()
    mapping.unlogged = [(walk.steps[0].action, .number(1))]
    #expect(isExplained(try walk.judge(text(lines), mapping).verdict), "\(lines.map { $0.text() })")
    let telling = lines.indices.filter { lines[$0] != .object([]) }
    let liar = try #require(telling.randomElement(using: &random))
    var lied = lines
    guard case .object(var members) = lied[liar] else { return }
    members[0] = JSONValue.Member(members[0].name, .string("a lie"))
    lied[liar] = .object(members)
    let (verdict, log) = try walk.judge(text(lied), mapping)
    guard case .departs(let departure) = verdict else {
      Issue.record("explained: \(lied.map { $0.text() })")
      return
    }
    let line = try #require(departure.refusals.first?.first.map { log.lineNumber(of: $0.place) } ?? nil)
    #expect(line <= liar)
  }

  @Test(
    "A log that grows is judged like the whole, and a lie as soon as it comes", arguments: models,
    [UInt64(15), 16])
  func growing(_ model: String, _ seed: UInt64) throws {
    var walk = try Walk(model, seed: seed, length: 12)
    var random = walk.random
    var mapping = LogMapping()
    mapping.event = [LogField(["event"])]
    mapping.node = LogField(["at"])
    /// The verdict, and how many lines had come then. A log that says something new of the model is judged from its beginning.
    func judge(_ text: String) throws -> (verdict: LogVerdict, shown: Int) {
      let file = GrowingFile(text.split(separator: "\n").map(String.init))
      while true {
        do {
          let verdict = try walk.judge(
            [LogLines.File(name: "x", contents: file)], mapping, order: .total, isGrowing: true
          ).verdict
          return (verdict, file.shown)
        } catch is LogHasChanged { continue }
      }
    }
    let whole = try judge(walk.text(Array(walk.steps.indices)) { _, _ in true })
    guard case .explained(let explanation) = whole.verdict else {
      Issue.record("not explained")
      return
    }
    // A violation ends it as soon as it comes.
    if explanation.violation != nil { return }
    #expect(whole.shown == walk.steps.count)
    let liar = Int.random(in: walk.steps.indices, using: &random)
    let variables = Set(walk.explorer.variables)
    let place = try #require(walk.steps[liar].members.firstIndex { variables.contains($0.name) })
    walk.steps[liar].members[place] = JSONValue.Member(walk.steps[liar].members[place].name, .string("a lie"))
    let lied = try judge(walk.text(Array(walk.steps.indices)) { _, _ in true })
    guard case .departs = lied.verdict else {
      Issue.record("explained")
      return
    }
    #expect(lied.shown == liar + 1)
  }
}
