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
      mapping.unlogged = unlogged.sorted { $0.key < $1.key }.map { ($0.key, .number($0.value)) }
      let lines = LogLines([LogLines.File(name: "x.ndjson", bytes: Array(text.utf8))])
      let log = try MappedLog(try LogIndex(lines, mapping), explorer, order: order)
      let search = try LogSearch(
        explorer, rules: log.rules, unlogged: log.unlogged, options: CheckOptions(),
        matches: { MappedLog.matches(state: $0, logged: $1) })
      return (try search.judge(log) { _ in true }, log)
    }
  }

  private static let models = [
    "syn/part4", "syn/part12", "syn/library", "bookings/part3", "deploy/part3", "pool/part4",
    "replication/part1",
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
}
