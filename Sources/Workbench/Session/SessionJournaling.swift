import StateSpace
import TLASemantics
import TLASyntax
package import Traces

// The session on disk.
extension Session {
  /// Handles an event and returns the effects to carry out.
  package mutating func update(_ event: Event) -> [Effect] {
    let before = moment
    var effects = respond(to: event) + evaluationEffects() + goOnWithScript() + logEffects()
    effects += recordingEffects(event, since: before)
    growPanes()
    let written = journalEffects()
    guard effects.contains(where: { if case .quit = $0 { true } else { false } }) else {
      return written + effects
    }
    return written + removalEffects() + effects
  }

  /// The explored tree, independent of the model's memory.
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
    recorded.captions = explored.captions
    recorded.log = log?.path
    return recorded
  }

  /// The tree without its nodes.
  var emptyRecord: RecordedTree {
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

  /// The new records since the last call, as lines to append. A session without steps has no file.
  mutating func journalEffects() -> [Effect] {
    guard let path = options.sessionFile else { return [] }
    let isNew = !disk.journal.hasBegun
    if isNew, tree.nodes.count == tree.roots.count { return [] }
    let names = tree.branches.map(\.name)
    guard
      isNew || disk.journal.revision != tree.revision || disk.journal.cursor != cursor
        || disk.journal.watches != screen.watches
        || disk.journal.branchNames != names || disk.journal.captions != explored.captions
        || disk.journal.log != log?.path
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
      disk.journal.captions = [:]
      disk.journal.log = nil
    }
    records += nodeRecords() + branchRecords(names)
    if impliedCursor(of: records) != cursor { records.append(.cursor(cursor)) }
    if disk.journal.watches != screen.watches { records.append(.watches(screen.watches)) }
    if disk.journal.captions != explored.captions { records.append(.captions(explored.captions)) }
    if disk.journal.log != log?.path { records.append(.log(log?.path)) }
    disk.journal.log = log?.path
    disk.journal.captions = explored.captions
    disk.journal.revision = tree.revision
    disk.journal.cursor = cursor
    disk.journal.watches = screen.watches
    guard !records.isEmpty else { return [] }
    let text = records.map { $0.line(variables: model.variables) + "\n" }.joined()
    return [.append(path: path, text: text)]
  }

  /// Records of renamed branches, deleted and restored nodes, and lassos.
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

  /// The node that a reader of the file takes for the current one if no record names it.
  private func impliedCursor(of records: [SessionRecord]) -> Int {
    var implied = disk.journal.cursor
    for record in records {
      switch record {
      case .begin: implied = 0
      case .keep(let count): implied = min(implied, max(0, count - 1))
      case .node: implied = disk.journal.marks.count - 1
      case .cursor(let node): implied = node
      case .watches, .deleted, .loops, .rename, .captions, .log, .files: break
      }
    }
    return implied
  }

  /// Records of the nodes that are not in the file, and of how many in the file are still valid.
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

  /// The effects when another session takes this one's place: what runs is stopped, and unsaved steps stay on disk for a later start.
  package func leavingEffects() -> [Effect] {
    let ending = isUnsaved ? options.sessionFile.map { [Effect.close(path: $0)] } ?? [] : removalEffects()
    return runs.stopping + ending
  }

  /// The effects at a clean end: if nothing is unsaved, the session's file is removed.
  private func removalEffects() -> [Effect] {
    guard let path = options.sessionFile, disk.journal.hasBegun, !isUnsaved else { return [] }
    return [.remove(path: path)]
  }

  // MARK: Unfinished sessions

  /// Puts the contents of a session's file into the tree, part by part, and removes the file: this session's own file holds them from then
  /// on.
  mutating func restore(_ contents: String, path: String) -> [Effect] {
    guard runs.job == nil else {
      screen.message = Message("\(bindings.key(.escape)) first stops the work on the branch", .wrong)
      return []
    }
    let recorded: RecordedTree
    do {
      recorded = try SessionFileReader.read(contents, file: path)
    } catch {
      screen.message = Message(Wording.message(of: error), .wrong)
      return []
    }
    guard !recorded.nodes.isEmpty else {
      disk.left.removeAll { $0.path == path }
      return [.remove(path: path)]
    }
    runs.job = .restoring(LongRestore(path: path, replay: TreeReplay(recorded, on: model)))
    return goOnWithJob()
  }

  /// Grows the tree of a session whose states have been taken in.
  mutating func finishRestoring(_ replay: TreeReplay, path: String) -> [Effect] {
    var replay = replay
    let recorded = replay.recorded
    disk.left.removeAll { $0.path == path }
    edit { replay.grow(&$0) }
    takeCaptions(recorded.captions, replay.nodes)
    screen.watches += recorded.watches.filter { !screen.watches.contains($0) }
    wantLog(recorded.log, arriving: .stays)
    settleSelections()
    let steps = Wording.count(recorded.stepCount, "step")
    let lost = zip(replay.nodes, recorded.nodes).contains { $0 == nil && !$1.isDeleted }
    let summary = replay.summary(of: recorded.path(to: recorded.cursor), in: tree)
    tell(
      replay.isSameVersion ? "restored \(steps)" : "the model has changed: \(summary)",
      lost ? .wrong : .information)
    // The old file stays until the session is on the disk under its new name.
    guard let own = options.sessionFile else { return [] }
    let written = journalEffects().compactMap { effect in
      if case .append(_, let text, _) = effect { text } else { nil }
    }
    // If this version could not take everything, the old file stays.
    return [.append(path: own, text: written.joined(), replacing: lost ? nil : path)]
  }

  /// Tells the user that the session is only in memory for the moment.
  mutating func journalFailed(reason: String) {
    disk.journal.isBehind = true
    screen.message = Message("the session cannot be kept on disk: \(reason); it is tried again", .wrong)
  }
}

extension SessionModel {
  /// A digest that differs between versions of the model.
  package var digest: String { ModelDigest.of(explorer) }
}
