import StateSpace
import Testing
import TLASemantics
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
      explorer =
        if let files = GeneratedLogTests.others[model] {
          try Explorer(SpecificationLoader(provider: TextProvider(files: files)).load("M.tla"))
        } else {
          try BundledModels.explorer(model)
        }
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

    /// The lines of a log as records.
    func records(_ steps: [Int], keeps: (Int, JSONValue.Member) -> Bool) -> [JSONValue] {
      steps.map { number in
        let step = self.steps[number]
        return .object(
          [JSONValue.Member("event", .string(step.action)), JSONValue.Member("at", .string(step.node))]
            + step.members.filter { keeps(number, $0) })
      }
    }

    /// The values of a state's variables, as lines give them.
    private func values(of state: State) -> JSONValue {
      let steps = [TraceStep(label: nil, values: explorer.values(of: state))]
      let json = ITFWriter.json(Trace(variables: explorer.variables, steps: steps))
      if case .array(let states)? = json["states"] { return states.first ?? .null }
      return .null
    }

    /// How many of the lines some behavior explains, found by a plain search through places in the log and states of the model. The lines of
    /// each strand have their order; `needed` says how many lines of each strand come before one.
    func plainlyExplained(
      _ strands: [[JSONValue]], needed: [[[Int]]], unlogged: [String: Int]
    ) throws -> Int {
      struct Place: Hashable {
        var positions: [Int]
        var state: State
        var left: [String: Int]
      }
      var successors: [State: [(label: ActionLabel, state: State, values: JSONValue)]] = [:]
      func next(_ state: State) throws -> [(label: ActionLabel, state: State, values: JSONValue)] {
        if let known = successors[state] { return known }
        let found = try explorer.successors(of: state).map { ($0.label, $0.state, values(of: $0.state)) }
        successors[state] = found
        return found
      }
      let start = Array(repeating: 0, count: strands.count)
      var open = try explorer.initialStates().map { Place(positions: start, state: $0, left: unlogged) }
      var seen = Set(open)
      var most = 0
      while let place = open.popLast() {
        most = max(most, place.positions.reduce(0, +))
        var reached: [Place] = []
        for step in try next(place.state) {
          var after = place
          after.state = step.state
          if let left = place.left[step.label.name], left > 0 {
            after.left[step.label.name] = left - 1
            reached.append(after)
            after.left = place.left
          }
          for (strand, position) in place.positions.enumerated() where position < strands[strand].count {
            guard zip(needed[strand][position], place.positions).allSatisfy({ $0 <= $1 }),
              fits(strands[strand][position], step.label, step.values)
            else { continue }
            var read = after
            read.positions[strand] += 1
            reached.append(read)
          }
        }
        for place in reached where seen.insert(place).inserted { open.append(place) }
      }
      return most
    }

    /// Whether a record, by the names in it, is true of a step to a state with these values.
    private func fits(_ record: JSONValue, _ label: ActionLabel, _ values: JSONValue) -> Bool {
      guard .string(label.name) == record["event"], case .object(let members) = record else { return false }
      let parameters =
        explorer.signatures.first {
          $0.name == label.name && $0.parameters.count == label.arguments.count
        }?.parameters ?? []
      let arguments = zip(parameters, label.arguments).enumerated()
      // A parameter's field gives an argument, or else the node gives the first one.
      return arguments.allSatisfy { position, argument in
        let told = argument.0.flatMap { record[$0] } ?? (position == 0 ? record["at"] : nil)
        return told.map { Self.says($0, argument.1) } ?? true
      }
        && members.allSatisfy { member in
          guard explorer.variables.contains(member.name), !parameters.contains(member.name) else {
            return true
          }
          return values[member.name] == member.value
        }
    }

    private static func says(_ told: JSONValue, _ argument: PlainValue) -> Bool {
      let trace = Trace(variables: ["x"], steps: [TraceStep(label: nil, values: [argument])])
      guard case .array(let states)? = ITFWriter.json(trace)["states"] else { return false }
      return states.first?["x"] == told || .string(argument.description) == told
    }

    func judge(
      _ text: String, unlogged: [String: Int] = [:], order: LogOrder, keepsBehavior: Bool = true,
      pace: LogPace = LogPace()
    ) throws -> (verdict: LogVerdict, log: MappedLog) {
      var mapping = LogMapping()
      mapping.event = [LogField(["event"])]
      mapping.node = LogField(["at"])
      mapping.clock = order == .causal ? LogField(["vc"]) : nil
      mapping.unlogged = unlogged.sorted { $0.key < $1.key }.map { ($0.key, .number($0.value)) }
      let file = LogLines.File(name: "x.ndjson", bytes: Array(text.utf8))
      return try judge([file], mapping, order: order, keepsBehavior: keepsBehavior, pace: pace)
    }

    func judge(
      _ files: [LogLines.File], _ mapping: LogMapping, order: LogOrder? = nil, isGrowing: Bool = false,
      keepsBehavior: Bool = true, pace: LogPace = LogPace()
    ) throws -> (verdict: LogVerdict, log: MappedLog) {
      let index = try LogIndex(LogLines(files), mapping, isGrowing: isGrowing)
      let log = try MappedLog(index, explorer, order: order, isGrowing: isGrowing)
      let search = try LogSearch(
        explorer, rules: log.rules, unlogged: log.unlogged, options: CheckOptions(), pace: pace,
        matches: { MappedLog.matches(state: $0, logged: $1) })
      return (try search.judge(log, keepsBehavior: keepsBehavior) { _ in true }, log)
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

  fileprivate static let others = ["mail": mail, "sums": sums]

  /// A model in which one step that is early does what two do later.
  private static let sums = [
    "M.tla": """
    ---- MODULE M ----
    EXTENDS Naturals
    VARIABLE x
    Init == x = 1
    Up(i) == x' = (x + i) % 17
    Double == x' = (2 * x) % 17
    Back == x > 3 /\\ x' = x - 3
    Next == Double \\/ Back \\/ (\\E i \\in 1..2 : Up(i))
    ====
    """,
    "M.cfg": "INIT Init\nNEXT Next\n",
  ]

  /// A model whose actions have arguments that only a state gives.
  private static let mail = [
    "M.tla": """
    ---- MODULE M ----
    EXTENDS Naturals
    VARIABLES box, count
    Init == box = {} /\\ count = 0
    Put(i) == i \\notin box /\\ box' = box \\cup {i} /\\ count' = count + 1
    Take(i) == box' = box \\ {i} /\\ UNCHANGED count
    Next == (\\E i \\in 1..3 : Put(i)) \\/ (\\E i \\in box : Take(i))
    ====
    """,
    "M.cfg": "INIT Init\nNEXT Next\n",
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
    let (verdict, log) = try walk.judge(files, mapping)
    #expect(isExplained(verdict))
    let firstRanks = try (0..<log.strandCount).compactMap { try log.line(0, of: $0)?.rank }.sorted()
    #expect(firstRanks == Array(0..<files.count), "the files take turns")
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

  // MARK: Everything at once

  /// How a log is written.
  enum Form: String, CaseIterable, Sendable {
    case lines
    /// A table, in which each cell is JSON in quotes, and some have line breaks.
    case table
    /// Packed by gzip, without compression.
    case packed
  }

  /// The bytes of records in a form.
  private static func bytes(_ records: [JSONValue], as form: Form) throws -> [UInt8] {
    switch form {
    case .lines: return Array(records.map { $0.text() }.joined(separator: "\n").utf8)
    case .packed:
      var unpacked: [UInt8] = []
      try Gzip.unpack(stored(try bytes(records, as: .lines)), largest: 1 << 20) { unpacked += $0 }
      return unpacked
    case .table:
      var columns: [String] = []
      for case .object(let members) in records {
        for member in members where !columns.contains(member.name) { columns.append(member.name) }
      }
      let rows = records.enumerated().map { number, record in
        columns.map { column -> String in
          guard let value = record[column] else { return "" }
          return "\"" + value.text().replacing("\"", with: "\"\"") + "\""
        } + [number % 2 == 0 ? "\"a remark\n\nof three lines\"" : ""]
      }
      let lines = ([columns + ["remark"]] + rows).map { $0.joined(separator: ",") }
      return Array(lines.joined(separator: "\n").utf8)
    }
  }

  /// A gzip file with one stored block.
  private static func stored(_ bytes: [UInt8]) -> [UInt8] {
    var sum = ~UInt32(0)
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? 0xEDB8_8320 ^ sum >> 1 : sum >> 1 }
    }
    func word(_ value: UInt32) -> [UInt8] { [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: value >> $0) } }
    let length = UInt32(bytes.count)
    let head: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
    return head + [1] + word(length)[..<2] + word(~length)[..<2] + bytes + word(~sum) + word(length)
  }

  @Test(
    "Values left out, lines dropped and swapped between nodes, in every order and form", arguments: models,
    [UInt64(17), 18, 19])
  func mixed(_ model: String, _ seed: UInt64) throws {
    for (order, form) in zip([LogOrder.total, .perNode, .causal], Form.allCases.shifted(by: Int(seed))) {
      var walk = try Walk(model, seed: seed &* 31 &+ UInt64(form.rawValue.count), length: 9)
      let vectors = walk.vectors()
      for (number, vector) in vectors.enumerated() {
        let members = vector.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, .integer($0.value)) }
        walk.steps[number].members.append(JSONValue.Member("vc", .object(members)))
      }
      var random = walk.random
      let lost = Set(walk.steps.indices.shuffled(using: &random).prefix(1))
      var budget: [String: Int] = [:]
      for step in lost { budget[walk.steps[step].action, default: 0] += 1 }
      var told = walk.steps.indices.filter { !lost.contains($0) }
      switch order {
      case .total: break
      case .perNode:
        // Lines of different nodes change places, those of one node keep their order.
        let keys = Dictionary(
          uniqueKeysWithValues: Set(walk.steps.map(\.node)).sorted().map { node in
            (node, Int.random(in: 0..<1000, using: &random))
          })
        told.sort { (keys[walk.steps[$0].node] ?? 0, $0) < (keys[walk.steps[$1].node] ?? 0, $1) }
      case .causal: told.shuffle(using: &random)
      }
      let liar = try #require(told.randomElement(using: &random))
      let variables = Set(walk.explorer.variables)
      let place = try #require(walk.steps[liar].members.firstIndex { variables.contains($0.name) })
      let name = walk.steps[liar].members[place].name
      func judge(_ walk: Walk) throws -> (verdict: LogVerdict, log: MappedLog) {
        var random = walk.random
        let records = walk.records(told) { number, member in
          member.name == "vc" || !variables.contains(member.name) || (number, member.name) == (liar, name)
            || Int.random(in: 0..<3, using: &random) > 0
        }
        var mapping = LogMapping()
        mapping.event = [LogField(["event"])]
        mapping.node = LogField(["at"])
        mapping.clock = order == .causal ? LogField(["vc"]) : nil
        mapping.unlogged = budget.sorted { $0.key < $1.key }.map { ($0.key, .number($0.value)) }
        let file = LogLines.File(name: "x", bytes: try Self.bytes(records, as: form))
        return try walk.judge([file], mapping, order: order)
      }
      #expect(isExplained(try judge(walk).verdict), "\(order) \(form)")
      walk.steps[liar].members[place] = JSONValue.Member(name, .string("a lie"))
      let (verdict, log) = try judge(walk)
      guard case .departs(let departure) = verdict else {
        Issue.record("explained: \(order) \(form)")
        continue
      }
      // A line that comes next is the lie, or stands before it in its strand.
      let refused = try #require(departure.refusals.first)
      let lie = try #require(try Self.place(of: liar, told, walk, order, log))
      #expect(
        refused.contains { $0.place.strand == lie.strand && $0.place.line <= lie.line }, "\(order) \(form)")
    }
  }

  /// Where a step's line stands in the strands of a log.
  private static func place(
    of step: Int, _ told: [Int], _ walk: Walk, _ order: LogOrder, _ log: MappedLog
  ) throws -> LogPlace? {
    for strand in 0..<log.strandCount {
      var line = 0
      while try log.line(line, of: strand) != nil {
        let place = LogPlace(strand: strand, line: line)
        let isItself =
          log.nodeName(of: place) == walk.steps[step].node
          && log.eventName(of: place) == walk.steps[step].action
        let before = told.prefix { $0 != step }.count
        let number =
          order == .total
          ? before
          : told.filter {
            $0 < step && walk.steps[$0].node == walk.steps[step].node
          }.count
        if isItself, line == number { return place }
        line += 1
      }
    }
    return nil
  }

  @Test(
    "The verdict and its line are those of a plain search through places and states",
    arguments: models + ["mail", "sums"],
    [UInt64(20), 21, 22, 23])
  func plainSearch(_ model: String, _ seed: UInt64) throws {
    let seeds = model == "sums" ? (0..<20).map { seed &+ 100 &* $0 } : [seed]
    for (order, seed) in LogOrder.allCases.flatMap({ order in seeds.map { (order, $0) } }) {
      var walk = try Walk(model, seed: seed &* 7 &+ UInt64(order.rawValue.count), length: 8)
      var vectors = walk.vectors()
      var random = walk.random
      let variables = Set(walk.explorer.variables)
      let lost = Set(
        walk.steps.indices.shuffled(using: &random).prefix(
          Int.random(in: 0...(model == "sums" ? 4 : 2), using: &random)))
      var budget: [String: Int] = [:]
      for step in lost { budget[walk.steps[step].action, default: 0] += 1 }
      // The budget may be too small.
      if let name = budget.keys.sorted().first, Bool.random(using: &random) { budget[name]? -= 1 }
      let told = walk.steps.indices.filter { !lost.contains($0) }
      let liar = try #require(told.randomElement(using: &random))
      let other = try #require(walk.steps.indices.randomElement(using: &random))
      var name = ""
      // A lie that may be true.
      switch Int.random(in: 0..<4, using: &random) {
      case 0:
        // The value that the variable has after another step.
        let places = walk.steps[liar].members.indices.filter {
          variables.contains(walk.steps[liar].members[$0].name)
        }
        let place = try #require(places.randomElement(using: &random))
        name = walk.steps[liar].members[place].name
        if let value = walk.steps[other].members.first(where: { $0.name == name }) {
          walk.steps[liar].members[place] = value
        }
      case 1:
        // The arguments of another step.
        walk.steps[liar].members = walk.steps[liar].members.map { member in
          guard !variables.contains(member.name) else { return member }
          return walk.steps[other].members.first { $0.name == member.name } ?? member
        }
      case 2:
        // A cause that comes later, or is none.
        vectors[liar].merge(vectors[other].filter { $0.key != walk.steps[liar].node }) { max($0, $1) }
      case 3 where order == .causal:
        // Every line comes after the next line of another node.
        for step in walk.steps.indices.dropLast() where walk.steps[step].node != walk.steps[step + 1].node {
          let node = walk.steps[step + 1].node
          vectors[step][node] = vectors[step + 1][node]
        }
      default: break
      }
      let keepsOne = Int.random(in: 1...4, using: &random)
      let kept = walk.records(told) { number, member in
        !variables.contains(member.name) || (number, member.name) == (liar, name)
          || Int.random(in: 0..<keepsOne, using: &random) == 0
      }
      let records = zip(told, kept).map { step, record -> JSONValue in
        guard order == .causal, case .object(let members) = record else { return record }
        let clock = vectors[step].sorted { $0.key < $1.key }.map {
          JSONValue.Member($0.key, .integer($0.value))
        }
        return .object(members + [JSONValue.Member("vc", .object(clock))])
      }
      let nodes = order == .total ? [""] : Set(told.map { walk.steps[$0].node }).sorted()
      let strands = nodes.map { node in
        told.indices.filter { order == .total || walk.steps[told[$0]].node == node }
      }
      let needed = strands.map { lines in
        lines.map { line in
          nodes.indices.map { strand in
            guard order == .causal else { return 0 }
            let limit = vectors[told[line]][nodes[strand]] ?? 0
            return nodes[strand] == walk.steps[told[line]].node
              ? 0 : strands[strand].count { (vectors[told[$0]][nodes[strand]] ?? 0) <= limit }
          }
        }
      }
      let text = records.map { $0.text() }.joined(separator: "\n")
      let expected = try walk.plainlyExplained(
        strands.map { $0.map { records[$0] } }, needed: needed, unlogged: budget)
      for (pace, keeps) in [(LogPace(), true), (Self.quick, true), (Self.quick, false)] {
        let (verdict, log) = try walk.judge(
          text, unlogged: budget, order: order, keepsBehavior: keeps, pace: pace)
        let about = "\(order) \(budget) \(pace) \(keeps)\n\(text)"
        switch verdict {
        case .explained(let explanation):
          #expect(expected == records.count, "\(about)")
          #expect(explanation.stepCount == records.count + explanation.unloggedCount, "\(about)")
        case .departs(let departure):
          #expect(departure.explained == expected, "\(about)")
          let line = departure.refusals.first?.first.map { log.lineNumber(of: $0.place) } ?? nil
          if order == .total { #expect(line == expected + 1, "\(about)") }
        case .limit, .stopped: Issue.record("\(verdict)")
        }
      }
    }
  }

  /// A pace at which the walk changes between depth and breadth, and forgets, even in short logs.
  private static let quick: LogPace = {
    var pace = LogPace()
    (pace.patience, pace.stretch, pace.pairsBeforeForgetting, pace.mostPairsInDepth) = (3, 2, 8, 16)
    return pace
  }()
}

extension [GeneratedLogTests.Form] {
  fileprivate func shifted(by count: Int) -> [Element] { indices.map { self[($0 + count) % self.count] } }
}
