import StateSpace
import TLASemantics
import TLASyntax
package import Traces

// The session on disk.
extension Session {
  /// Takes an event in and says what is to be done; the session is what it is after the event.
  package mutating func update(_ event: Event) -> [Effect] {
    let effects = respond(to: event) + evaluationEffects()
    growPanes()
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
    recorded.watches = screen.watches
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
    let isNew = !disk.journal.hasBegun
    if isNew, tree.nodes.count == tree.roots.count { return [] }
    let names = tree.branches.map(\.name)
    guard
      isNew || disk.journal.revision != tree.revision || disk.journal.cursor != cursor
        || disk.journal.watches != screen.watches
        || disk.journal.branchNames != names
    else { return [] }
    var records: [SessionRecord] = []
    if isNew || disk.journal.digest != model.digest {
      records.append(.begin(emptyRecord))
      disk.journal.hasBegun = true
      disk.journal.digest = model.digest
      disk.journal.marks = []
      disk.journal.deleted = []
      disk.journal.loops = [:]
      disk.journal.branchNames = names
      disk.journal.watches = []
    }
    records += nodeRecords() + branchRecords(names)
    if impliedCursor(of: records) != cursor { records.append(.cursor(cursor)) }
    if disk.journal.watches != screen.watches { records.append(.watches(screen.watches)) }
    disk.journal.revision = tree.revision
    disk.journal.cursor = cursor
    disk.journal.watches = screen.watches
    guard !records.isEmpty else { return [] }
    let text = records.map { $0.line(variables: model.variables) + "\n" }.joined()
    return [.append(path: path, text: text)]
  }

  /// Renamed branches, what was deleted or is there again, and the lassos.
  private mutating func branchRecords(_ names: [String]) -> [SessionRecord] {
    var records = zip(disk.journal.branchNames, names).filter { $0 != $1 }
      .map { SessionRecord.rename(from: $0, to: $1) }
    disk.journal.branchNames = names
    let deleted = tree.nodes.indices.filter { tree[$0].isDeleted }
    if deleted != disk.journal.deleted { records.append(.deleted(deleted)) }
    disk.journal.deleted = deleted
    let loops = tree.loops
    if loops != disk.journal.loops { records.append(.loops(loops)) }
    disk.journal.loops = loops
    return records
  }

  /// The node that a reader of the file takes for the current one when no record names it.
  private func impliedCursor(of records: [SessionRecord]) -> Int {
    var implied = disk.journal.cursor
    for record in records {
      switch record {
      case .begin: implied = 0
      case .keep(let count): implied = min(implied, max(0, count - 1))
      case .node: implied = disk.journal.marks.count - 1
      case .cursor(let node): implied = node
      case .watches, .deleted, .loops, .rename: break
      }
    }
    return implied
  }

  /// The nodes that are not in the file, and how many of those in it still stand.
  private mutating func nodeRecords() -> [SessionRecord] {
    var records: [SessionRecord] = []
    let known = disk.journal.marks.count
    let nodes = tree.nodes
    if nodes.count < known
      || known > 0 && disk.journal.marks[known - 1] != SessionJournal.Mark(nodes[known - 1])
    {
      let kept = zip(disk.journal.marks, nodes).prefix { $0 == SessionJournal.Mark($1) }.count
      disk.journal.marks.removeSubrange(kept...)
      records.append(.keep(kept))
    }
    for number in disk.journal.marks.count..<nodes.count {
      let before = nodes[number].parent.map { model.values(of: nodes[$0].state) }
      records.append(.node(recordedNode(number), before: before))
      disk.journal.marks.append(SessionJournal.Mark(nodes[number]))
    }
    return records
  }

  /// What ends a session cleanly: nothing is left of one without anything unsaved.
  private func removalEffects() -> [Effect] {
    guard let path = options.sessionFile, disk.journal.hasBegun, !isUnsaved else { return [] }
    return [.remove(path: path)]
  }

  // MARK: What was left

  /// Puts what a session's file holds into the tree, and removes the file: the own one holds it from then on.
  mutating func restore(_ contents: String, path: String) -> [Effect] {
    let recorded: RecordedTree
    do {
      recorded = try SessionFileReader.read(contents, file: path)
    } catch {
      screen.message = Message(Wording.message(of: error), .wrong)
      return []
    }
    disk.left.removeAll { $0.path == path }
    guard !recorded.nodes.isEmpty else { return [.remove(path: path)] }
    var replay = TreeReplay(recorded, on: model)
    edit { replay.grow(&$0) }
    screen.watches += recorded.watches.filter { !screen.watches.contains($0) }
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
    disk.journal.isBehind = true
    screen.message = Message("the session cannot be kept on disk: \(reason); it is tried again", .wrong)
  }
}

extension SessionModel {
  /// Tells versions of the model apart.
  package var digest: String { ModelDigest.of(explorer) }
}
