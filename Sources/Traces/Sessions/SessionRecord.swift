package import StateSpace

/// One line of a session's file: a change of the tree.
///
/// The file consists of such lines and only ever grows. So however the program ends, all lines except perhaps the last are whole. Each line
/// is one JSON object:
///
///     {"session": 2, "model": …, "digest": …, "variables": […], "constants": […]}   begins; what was before is void
///     {"from": 3, "by": ["Register", n1], "set": {"registered": …}, "branch": "main", "origin": "explored"}
///     {"initial": [value, …], "branch": "main", "origin": "explored"}
///     {"keep": 4}        all nodes but the first 4 are undone
///     {"deleted": [5, 6]}
///     {"loops": [[9, 3]]}   from the last state of each lasso to the state that it leads back to
///     {"rename": ["branch 2", "split"]}
///     {"at": 2}          the current state
///     {"watch": ["x' = x"]}
///     {"captions": [[2, "Here the link is cut."]]}   what the user says about states
///     {"log": "/var/log/n.ndjson"}   the system's log that is open; null for none
///     {"files": [["M.tla", "---- MODULE M ---- …"]]}   the model, in a demonstration
package enum SessionRecord: Sendable, Hashable {
  /// Begins a tree without nodes, with the model, constants and variables of the given tree.
  case begin(RecordedTree)
  /// `before` are the values of the previous state: only what the step changed is written.
  case node(RecordedTree.Node, before: [PlainValue]?)
  case keep(Int)
  /// All deleted nodes.
  case deleted([Int])
  /// All lassos, by their last node.
  case loops([Int: Int])
  case rename(from: String, to: String)
  case cursor(Int)
  case watches([String])
  case captions([Int: String])
  /// The path of the log that is open; nil for none.
  case log(String?)
  case files([RecordedTree.File])

  static let version = 2
  /// Version 1 wrote every value in full.
  static let readableVersions = 1...2

  /// The line without its line break. `variables` are the variables of the tree.
  package func line(variables: [String]) -> String { json(variables).text() }

  private func json(_ variables: [String]) -> JSONValue {
    func strings(_ texts: [String]) -> JSONValue { .array(texts.map(JSONValue.string)) }
    switch self {
    case .begin(let tree):
      return .object([
        .init("session", .integer(SessionRecord.version)), .init("model", .string(tree.model)),
        .init("digest", .string(tree.digest)), .init("variables", strings(tree.variables)),
        .init("constants", strings(tree.constants)),
      ])
    case .node(let node, let before):
      var members: [JSONValue.Member] = []
      if let parent = node.parent {
        members.append(.init("from", .integer(parent)))
        if let label = node.label {
          let label = [.string(label.name)] + label.arguments.map(ExactValueText.json)
          members.append(.init("by", .array(label)))
        }
        if let whatIf = node.whatIf { members.append(.init("what-if", .string(whatIf))) }
        var changes: [JSONValue.Member] = []
        for (position, variable) in variables.enumerated() where position < node.values.count {
          let value = node.values[position]
          guard let before, before.indices.contains(position) else {
            changes.append(.init(variable, ExactValueText.json(value)))
            continue
          }
          if before[position] == value { continue }
          changes.append(.init(variable, ValueEditText.json(value, after: before[position])))
        }
        members.append(.init("set", .object(changes)))
      } else {
        members.append(.init("initial", .array(node.values.map(ExactValueText.json))))
      }
      members += [.init("branch", .string(node.branch)), .init("origin", .string(node.origin))]
      return .object(members)
    case .keep(let count): return .object([.init("keep", .integer(count))])
    case .deleted(let nodes): return .object([.init("deleted", .array(nodes.map(JSONValue.integer)))])
    case .loops(let loops):
      let pairs = loops.sorted { $0.key < $1.key }
      return .object([
        .init("loops", .array(pairs.map { .array([.integer($0.key), .integer($0.value)]) }))
      ])
    case .rename(let old, let new): return .object([.init("rename", strings([old, new]))])
    case .cursor(let node): return .object([.init("at", .integer(node))])
    case .watches(let expressions): return .object([.init("watch", strings(expressions))])
    case .captions(let captions):
      let pairs = captions.sorted { $0.key < $1.key }
      return .object([
        .init("captions", .array(pairs.map { .array([.integer($0.key), .string($0.value)]) }))
      ])
    case .log(let path): return .object([.init("log", path.map { .string($0) } ?? .null)])
    case .files(let files):
      return .object([.init("files", .array(files.map { strings([$0.name, $0.text]) }))])
    }
  }
}
