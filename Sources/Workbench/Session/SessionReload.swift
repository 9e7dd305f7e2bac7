import StateSpace
import TLASemantics
import TLASyntax
import Traces

// Editing the spec, and adopting a new version of the model.
extension Session {
  /// Opens the spec at the row that is selected in Source; else at the selected action, or at the action that led here.
  func editSpecification() -> [Effect] {
    if screen.focus == .source, let file = shownSource {
      return [.edit(path: file.name, line: min(position(.source).selected + 1, file.lineCount))]
    }
    let label = selectedActionItem.map { report.items[$0].label } ?? tree[cursor].label
    let statuses = model.explorer.actions(in: state)
    let span = (statuses.first { $0.label == label } ?? statuses.first { $0.label.name == label?.name })?.span
    guard let file = span?.file ?? specification.files.last else { return [] }
    return [.edit(path: file.name, line: span?.startPosition.line ?? 1)]
  }

  func reload() -> [Effect] { [.reload(constants: options.constants, startsOver: false)] }

  /// Continues after the editor has ended. `problem` says why the editor failed.
  mutating func edited(problem: String?) -> [Effect] {
    if let problem {
      screen.message = Message(problem, .wrong)
      return []
    }
    return reload()
  }

  /// Records that another program has changed files of the model.
  mutating func noteChanges(_ paths: [String]) {
    disk.isOutdated = true
    let names = Set(paths.map { $0.split(separator: "/").last.map(String.init) ?? $0 }).sorted()
    screen.message = Message(
      "\(names.joined(separator: ", ")) changed on disk: \(bindings.key(.reload)) reloads the model")
  }

  /// Starts over with another value of a constant: `MaxValues 6` or `Nodes = {n1, n2}`.
  mutating func setConstant(_ text: String) -> [Effect] {
    let name = String(text.prefix { $0.isLetter || $0.isNumber || $0 == "_" })
    var value = text.dropFirst(name.count).drop { $0 == " " }
    if value.hasPrefix("=") { value = value.dropFirst().drop { $0 == " " } }
    guard !name.isEmpty, !value.isEmpty else {
      screen.message = Message("set needs a constant's name and its value: \(constantsInWords)", .wrong)
      return []
    }
    if let problem = problem(withConstant: name, value: String(value)) {
      screen.message = Message(problem, .wrong)
      return []
    }
    let constants = options.constants.filter { Session.constantName(of: $0) != name }
    return [.reload(constants: constants + ["\(name)=\(value)"], startsOver: true)]
  }

  /// A word for a constant that is not a model value is likely a typing error, because the word would become a model value.
  private func problem(withConstant name: String, value: String) -> String? {
    guard let current = model.explorer.constants.first(where: { $0.name == name })?.value,
      case .value(.modelValue(let word))? = ConfigurationReader.readAssignment("\(name)=\(value)").tree?
        .meaning
    else { return nil }
    if case .modelValue = current { return nil }
    return "\(name) is \(current), and \(word) is not such a value: set \(name) \(current)"
  }

  private static func constantName(of assignment: String) -> String {
    String(assignment.prefix { $0 != "=" && $0 != "<" }.filter { $0 != " " })
  }

  private var constantsInWords: String {
    model.explorer.constants.map { "\($0.name) is \($0.value)" }.joined(separator: ", ")
  }

  /// The model was read again, and nothing in it has changed.
  package mutating func keepModel() {
    script.awaitsModel = false
    disk.isOutdated = false
    screen.message = Message("nothing has changed")
  }

  /// The new version cannot be used. `problem` says why, with the places. The old model stays.
  package mutating func refuseModel(_ problem: String) {
    script.awaitsModel = false
    runs.log.waiting = nil
    screen.dialog = .note(title: "This version cannot be used; the one before stays", text: problem)
    screen.message = Message("the model stays as it was", .wrong)
  }

  /// Adopts a new version of the model. The explored tree is replayed on it as far as possible; panes, focus and watches stay. With
  /// `startsOver` the initial state becomes current, and the branch can be walked forward.
  ///
  /// Nodes that the new version does not allow are kept with the former version. Undo brings them back, and so does loading the former
  /// version again. Its session file is left for a later start.
  package mutating func adopt(_ fresh: SessionModel, constants: [String], startsOver: Bool) -> [Effect] {
    script.awaitsModel = false
    settleMotion()
    let recorded = recordedTree
    let path = tree.branchPath(through: cursor)
    let former = FormerVersion(model: model, constants: options.constants, explored: explored)
    let known = disk.formerVersions.firstIndex {
      $0.model.digest == fresh.digest && $0.model.structure == fresh.structure
    }
    let hadResults = runs.check.isRunning || runs.check.progress.distinct > 0
    let stopping = runs.stopping + stopJob()
    let (savedNodes, captions) = (explored.savedNodes, explored.captions)
    model = fresh
    options.constants = constants
    explored = Exploration(from: fresh.initialStates[0])
    runs.forget()
    screen.forgetModel()
    disk.forgetModel()
    log?.detach()
    var formerPlace: Int?
    if let known {
      let version = disk.formerVersions.remove(at: known)
      model = version.model
      formerPlace = version.explored.cursor
      explored = Exploration(tree: version.explored.tree, savedNodes: version.explored.savedNodes)
      explored.captions = version.explored.captions
    }
    var replay = TreeReplay(recorded, on: model)
    let reached = replay.grow(&tree)
    explored.savedNodes.formUnion(
      savedNodes.compactMap { replay.nodes.indices.contains($0) ? replay.nodes[$0] : nil })
    takeCaptions(captions, replay.nodes)
    let isLost = zip(replay.nodes, recorded.nodes).contains { $0 == nil && !$1.isDeleted }
    disk.formerVersions = disk.formerVersions.suffix(FormerVersion.mostKept - 1) + [former]
    if let end = path.last(where: { replay.nodes[$0] != nil }).flatMap({ replay.nodes[$0] }) {
      tree.prefer(end)
    }
    // If this version was open before, continue where it was left.
    cursor = startsOver ? formerPlace ?? tree.root(of: reached) : reached
    settle()
    settleSelections()
    let verb = formerPlace == nil ? "starts over" : "goes on"
    let what = startsOver ? constants.last.map { "\(verb) with \($0)" } ?? verb : "reloaded"
    let summary = replay.summary(of: path, in: tree)
    let lost = path.contains { replay.nodes[$0] == nil }
    let undoing = isLost ? "; \(bindings.key(.undo)) goes back" : ""
    let checker = hadResults ? "; the checker's results were of the version before" : ""
    tell(
      [what, summary].filter { !$0.isEmpty }.joined(separator: ": ") + undoing + checker,
      lost ? .wrong : .information)
    showWarnings(thatAreNewSince: former.model)
    showProblemsOfView()
    if !showWaitingLog() { wantLog(log?.path, arriving: .stays) }
    return (isLost ? leaveSessionFile() : []) + stopping
  }

  /// Shows the warnings about the model that an earlier version did not have.
  private mutating func showWarnings(thatAreNewSince earlier: SessionModel) {
    let known = Set(earlier.explorer.specification.warnings.map(\.message))
    let new = model.explorer.specification.warnings.filter { !known.contains($0.message) }
    if new.isEmpty { return }
    screen.dialog = .note(
      title: "This version is used; it may not say what you mean",
      text: DiagnosticRenderer.render(new).joined(separator: "\n"))
  }

  /// Returns to the former version, with everything that was explored on it. Returns false if there is none.
  mutating func takeVersionBefore() -> Bool {
    guard let former = disk.formerVersions.popLast() else { return false }
    let hasOtherFiles = options.constants == former.constants
    model = former.model
    options.constants = former.constants
    explored = former.explored
    runs.forget()
    screen.forgetModel()
    disk.forgetModel()
    disk.isOutdated = hasOtherFiles
    log?.detach()
    wantLog(log?.path, arriving: .stays)
    settle()
    settleSelections()
    screen.message = Message(
      hasOtherFiles
        ? "the version before is back; \(bindings.key(.reload)) takes the new one"
        : "back to \(former.constants.isEmpty ? "the configuration's constants" : former.constants.joined(separator: ", "))"
    )
    return true
  }

  /// Leaves the session file to the nodes that the new version does not allow, and continues in a new file.
  private mutating func leaveSessionFile() -> [Effect] {
    guard let path = options.sessionFile, disk.journal.hasBegun else { return [] }
    let stem = path.hasSuffix(".jsonl") ? String(path.dropLast(6)) : path
    options.sessionFile = "\(stem)~\(model.digest.prefix(6)).jsonl"
    disk.journal = SessionJournal()
    return [.close(path: path)]
  }

  /// Shows a text on the bottom line, or in a box if it is too long.
  mutating func tell(_ text: String, _ kind: Message.Kind = .information) {
    if Glyph.width(of: text) + 2 <= screen.size.width {
      screen.message = Message(text, kind)
    } else {
      screen.dialog = .note(title: "Note", text: text)
    }
  }
}

// The configuration and the view file.
extension Session {
  /// Tells why another model was not opened.
  package mutating func refuse(_ problem: String) {
    script.awaitsModel = false
    if isObeying {
      screen.message = Message(problem.split(separator: "\n").first.map(String.init) ?? problem, .wrong)
    }
    screen.dialog = .note(title: "It cannot be opened", text: problem)
  }

  /// Shows the mistakes in the model's view file, beside anything else that is shown as wrong.
  mutating func showProblemsOfView() {
    let problems = model.structure.problems
    guard let first = problems.first else { return }
    if screen.dialog != nil || problems.count == 1 && screen.message?.kind != .wrong {
      let more = problems.count > 1 ? " (and \(problems.count - 1) more)" : ""
      screen.message = Message("view file: \(first)\(more)", .wrong)
    } else {
      screen.dialog = .note(title: "View file", text: model.structure.problems.joined(separator: "\n"))
    }
  }

  /// Shows the mistakes in the configuration file: a single one on the bottom line, several in a box.
  mutating func showProblemsOfSettings() {
    let problems = options.settings.problems
    guard let first = problems.first else { return }
    if problems.count == 1 {
      screen.message = Message("config.toml: \(first)", .wrong)
    } else {
      screen.dialog = .note(title: "config.toml", text: problems.joined(separator: "\n"))
    }
  }
}
