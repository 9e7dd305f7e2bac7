import Foundation
import StateSpace
import Traces
import TextMutation

/// The texts to mutate: the models, the test fixtures, and Synscope's own output.
struct FuzzCorpus: Sendable {
  /// Modules with their configurations. A missing configuration is empty.
  var specifications: [(name: String, module: [UInt8], configuration: [UInt8])] = []
  var traces: [[UInt8]] = []
  var sessions: [[UInt8]] = []

  /// Reads every `.tla` below these folders with the `.cfg` beside it, and every trace.
  init(folders: [String]) {
    for folder in folders {
      let paths = (FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? [])
        .sorted()
      for path in paths.map({ folder + "/" + $0 }) {
        if path.hasSuffix(".tla") {
          let stem = path.dropLast(4)
          specifications.append(
            (String(stem.split(separator: "/").last ?? ""), Self.bytes(path), Self.bytes(stem + ".cfg")))
        } else if path.hasSuffix(".json") || path.hasSuffix(".out") {
          traces.append(Self.bytes(path))
        }
      }
    }
  }

  private static func bytes(_ path: String) -> [UInt8] {
    FileManager.default.contents(atPath: path).map(Array.init) ?? []
  }

  /// The texts of this repository.
  static let own: FuzzCorpus = {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let models = tests.deletingLastPathComponent().appendingPathComponent("Models")
    var corpus = FuzzCorpus(
      folders: [models.path] + ["StateSpaceTests", "TracesTests"].map { tests.path + "/\($0)/Fixtures" })
    corpus.addGenerated()
    return corpus
  }()

  /// Adds traces and sessions with values of every kind.
  private mutating func addGenerated() {
    for seed in 0..<4 {
      var random = SplitMix(state: UInt64(seed))
      let nodes = (0..<4).map { index in
        RecordedTree.Node(
          parent: index == 0 ? nil : index - 1,
          label: index == 0 ? nil : ActionLabel(name: "A", arguments: [random.value(depth: 2)]),
          values: [random.value(depth: 3), random.value(depth: 3)], branch: "main",
          whatIf: index == 2 ? "x = 3" : nil)
      }
      let trace = Trace(
        variables: ["x", "y"], steps: nodes.map { TraceStep(label: $0.label, values: $0.values) },
        loop: seed == 0 ? 1 : nil)
      traces.append(Array(ITFWriter.text(trace).utf8))
      var tree = RecordedTree(model: "M", digest: "d", variables: ["x", "y"], constants: ["N=3"])
      tree.nodes = nodes
      let records =
        [.begin(tree)]
        + nodes.map { node in SessionRecord.node(node, before: node.parent.map { nodes[$0].values }) }
        + [.keep(3), .deleted([2]), .rename(from: "main", to: "split"), .cursor(1), .watches(["x' = x"])]
      sessions.append(Array(records.map { $0.line(variables: tree.variables) + "\n" }.joined().utf8))
    }
  }

  /// Words that a mutation may insert.
  static let words = [
    "/\\", "\\/", "==", "=", "'", "~", "[]", "<>", "<<", ">>", "|->", "->", "<-", "\\in", "\\E x \\in", "\\A",
    ":",
    ",", "!", "@", "EXCEPT", "UNCHANGED", "ENABLED", "DOMAIN", "SUBSET", "UNION", "CHOOSE x \\in", "IF",
    "THEN",
    "ELSE", "CASE", "OTHER", "LET", "IN", "LAMBDA x :", "INSTANCE", "WITH", "EXTENDS", "RECURSIVE", "LOCAL",
    "ASSUME", "THEOREM", "PROOF", "BY", "<1>1.", "QED", "VARIABLE", "CONSTANT", "TRUE", "FALSE", "STRING",
    "Nat",
    "Seq", "Len", "Append", "Head", "Tail", "Cardinality", "WF_", "SF_", "====", "---- MODULE", "(*", "*)",
    "\\*",
    "\"", "INIT", "NEXT", "INVARIANT", "CONSTRAINT", "SYMMETRY", "SPECIFICATION", "CHECK_DEADLOCK",
    "{\"#set\":[", "{\"#map\":[[", "{\"#tup\":[", "{\"#bigint\":\"", "null", "true", "{", "}", "[", "]",
    "State 1: <Initial predicate>", "Back to state", "Stuttering", "\\X", "..", ":>", "@@", "\\o", "%",
    "\\div", "^",
    "\\cup", "é", "∈", "\u{0}", "\u{85}", "\u{FEFF}",
  ]
}
