import StateSpace
import TLASemantics
import TLASyntax
package import Traces

/// What of a session is on disk, so that only what is new needs to be written.
struct SessionJournal {
  /// A node as it was written.
  struct Mark: Hashable {
    let parent: Int?
    let state: State
    let label: ActionLabel?
    let whatIf: String?

    init(_ node: TraceTree.Node) {
      parent = node.parent
      state = node.state
      label = node.label
      whatIf = node.whatIf
    }
  }

  /// Whether there is a file.
  var hasBegun = false
  /// Whether something could not be written yet.
  var isBehind = false
  /// The tree's revision that was written last.
  var revision = 0
  var marks: [Mark] = []
  var deleted: [Int] = []
  var loops: [Int: Int] = [:]
  var branchNames: [String] = []
  var cursor = 0
  var watches: [String] = []
  /// The model that the file is of.
  var digest = ""
}

/// A session that was left behind, as the user is told of it.
package struct LeftSession: Sendable, Hashable {
  package let path: String
  /// What to open: a bundled name or a path.
  package let model: String
  package let constants: [String]
  package let steps: Int
  /// When it was left, in words: `14:03`.
  package let when: String

  package init(path: String, model: String, constants: [String], steps: Int, when: String) {
    self.path = path
    self.model = model
    self.constants = constants
    self.steps = steps
    self.when = when
  }
}

// The session on disk.
extension Session {
  /// Takes an event in and says what is to be done; the session is what it is after the event.
  package mutating func update(_ event: Event) -> [Effect] {
    let effects = respond(to: event) + evaluationEffects()
    let written = journalEffects()
    guard effects.contains(where: { if case .quit = $0 { true } else { false } }) else {
      return written + effects
    }
    return written + removalEffects() + effects
  }

  /// What was explored, apart from the model's memory.
  package var recordedTree: RecordedTree {
    var recorded = emptyRecord
    recorded.nodes = tree.nodes.indices.map { number in
      var node = recordedNode(number)
      node.isDeleted = tree[number].isDeleted
      node.loopsTo = tree[number].loopsTo
      return node
    }
    recorded.cursor = cursor
    recorded.watches = watches
    return recorded
  }

  private var emptyRecord: RecordedTree {
    RecordedTree(
      model: options.sessionModel, digest: model.digest, variables: model.variables,
      constants: options.constants)
  }

  private func recordedNode(_ number: Int) -> RecordedTree.Node {
    let node = tree[number]
    let branch = tree.branches[node.branch]
    return RecordedTree.Node(
      parent: node.parent, label: node.label, values: model.values(of: node.state), branch: branch.name,
      origin: branch.origin.rawValue, whatIf: node.whatIf)
  }

  /// What is new since the last time, as lines to append. A session without a step has no file.
  mutating func journalEffects() -> [Effect] {
    guard let path = options.sessionFile else { return [] }
    let isNew = !journal.hasBegun
    if isNew, tree.nodes.count == tree.roots.count { return [] }
    let names = tree.branches.map(\.name)
    guard
      isNew || journal.revision != tree.revision || journal.cursor != cursor || journal.watches != watches
        || journal.branchNames != names
    else { return [] }
    var records: [SessionRecord] = []
    if isNew || journal.digest != model.digest {
      records.append(.begin(emptyRecord))
      journal.hasBegun = true
      journal.digest = model.digest
      journal.marks = []
      journal.deleted = []
      journal.loops = [:]
      journal.branchNames = names
      journal.watches = []
    }
    records += nodeRecords() + branchRecords(names)
    if impliedCursor(of: records) != cursor { records.append(.cursor(cursor)) }
    if journal.watches != watches { records.append(.watches(watches)) }
    journal.revision = tree.revision
    journal.cursor = cursor
    journal.watches = watches
    guard !records.isEmpty else { return [] }
    let text = records.map { $0.line(variables: model.variables) + "\n" }.joined()
    return [.append(path: path, text: text)]
  }

  /// Renamed branches, what was deleted or is there again, and the lassos.
  private mutating func branchRecords(_ names: [String]) -> [SessionRecord] {
    var records = zip(journal.branchNames, names).filter { $0 != $1 }
      .map { SessionRecord.rename(from: $0, to: $1) }
    journal.branchNames = names
    let deleted = tree.nodes.indices.filter { tree[$0].isDeleted }
    if deleted != journal.deleted { records.append(.deleted(deleted)) }
    journal.deleted = deleted
    let loops = tree.loops
    if loops != journal.loops { records.append(.loops(loops)) }
    journal.loops = loops
    return records
  }

  /// The node that a reader of the file takes for the current one when no record names it.
  private func impliedCursor(of records: [SessionRecord]) -> Int {
    var implied = journal.cursor
    for record in records {
      switch record {
      case .begin: implied = 0
      case .keep(let count): implied = min(implied, max(0, count - 1))
      case .node: implied = journal.marks.count - 1
      case .cursor(let node): implied = node
      case .watches, .deleted, .loops, .rename: break
      }
    }
    return implied
  }

  /// The nodes that are not in the file, and how many of those in it still stand.
  private mutating func nodeRecords() -> [SessionRecord] {
    var records: [SessionRecord] = []
    let known = journal.marks.count
    let nodes = tree.nodes
    if nodes.count < known || known > 0 && journal.marks[known - 1] != SessionJournal.Mark(nodes[known - 1]) {
      let kept = zip(journal.marks, nodes).prefix { $0 == SessionJournal.Mark($1) }.count
      journal.marks.removeSubrange(kept...)
      records.append(.keep(kept))
    }
    for number in journal.marks.count..<nodes.count {
      let before = nodes[number].parent.map { model.values(of: nodes[$0].state) }
      records.append(.node(recordedNode(number), before: before))
      journal.marks.append(SessionJournal.Mark(nodes[number]))
    }
    return records
  }

  /// What ends a session cleanly: nothing is left of one without anything unsaved.
  private func removalEffects() -> [Effect] {
    guard let path = options.sessionFile, journal.hasBegun, !isUnsaved else { return [] }
    return [.remove(path: path)]
  }

  // MARK: What was left

  /// Tells the user of a session that was left behind.
  package mutating func offer(_ left: LeftSession) {
    self.left = left
    // What is wrong elsewhere is not to be lost behind it.
    if let message, message.kind == .wrong, dialog == nil {
      dialog = .note(title: "Note", text: message.text)
    }
    message = Message(
      "a session of \(left.when) with \(Wording.count(left.steps, "step")) was left: \(bindings.key(.restore)) restores it"
    )
  }

  /// Asks for what was left to be read and, with other constants, for the model to be loaded with them.
  package mutating func restoreLeft() -> [Effect] {
    guard let left else {
      message = Message("no session of this model was left behind")
      return []
    }
    let reload: [Effect] =
      left.constants == options.constants ? [] : [.reload(constants: left.constants, startsOver: true)]
    return reload + [.open(path: left.path)]
  }

  /// Puts what a session's file holds into the tree, and removes the file: the own one holds it from then on.
  mutating func restore(_ contents: String, path: String) -> [Effect] {
    let recorded: RecordedTree
    do {
      recorded = try SessionFileReader.read(contents, file: path)
    } catch {
      message = Message(Wording.message(of: error), .wrong)
      return []
    }
    left = nil
    guard !recorded.nodes.isEmpty else { return [.remove(path: path)] }
    var replay = TreeReplay(recorded, on: model)
    edit { replay.grow(&$0) }
    watches += recorded.watches.filter { !watches.contains($0) }
    settleSelections()
    let steps = Wording.count(recorded.stepCount, "step")
    let lost = zip(replay.nodes, recorded.nodes).contains { $0 == nil && !$1.isDeleted }
    let summary = replay.summary(of: recorded.path(to: recorded.cursor), in: tree)
    tell(
      replay.isSameVersion ? "restored \(steps)" : "the model has changed: \(summary)",
      lost ? .wrong : .information)
    // The file stays until the disk has the session under its new name.
    guard let own = options.sessionFile else { return [] }
    let written = journalEffects().compactMap { effect in
      if case .append(_, let text, _) = effect { text } else { nil }
    }
    // What this version could not take stays in the file.
    return [.append(path: own, text: written.joined(), replacing: lost ? nil : path)]
  }

  /// Says that what was explored is in memory only for now.
  mutating func journalFailed(reason: String) {
    journal.isBehind = true
    message = Message("the session cannot be kept on disk: \(reason); it is tried again", .wrong)
  }
}

extension SessionModel {
  /// Tells versions of the model apart.
  package var digest: String { ModelDigest.of(explorer) }
}
