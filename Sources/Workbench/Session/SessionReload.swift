import StateSpace
import TLASemantics
import TLASyntax
import Traces

// Editing the spec, and taking a new version of the model over.
extension Session {
  /// Opens the spec at the selected action, or at the one that led here.
  func editSpecification() -> [Effect] {
    let label = selectedActionItem.map { report.items[$0].label } ?? tree[cursor].label
    let statuses = model.explorer.actions(in: state)
    let span = (statuses.first { $0.label == label } ?? statuses.first { $0.label.name == label?.name })?.span
    guard let file = span?.file ?? specification.files.last else { return [] }
    return [.edit(path: file.name, line: span?.startPosition.line ?? 1)]
  }

  func reload() -> [Effect] { [.reload(constants: options.constants, startsOver: false)] }

  /// What to do when the editor has ended; a problem is why it could not do its work.
  mutating func edited(problem: String?) -> [Effect] {
    if let problem {
      message = Message(problem, .wrong)
      return []
    }
    return reload()
  }

  /// Notes that files of the model were changed by somebody else.
  mutating func noteChanges(_ paths: [String]) {
    isOutdated = true
    let names = Set(paths.map { $0.split(separator: "/").last.map(String.init) ?? $0 }).sorted()
    message = Message(
      "\(names.joined(separator: ", ")) changed on disk: \(bindings.key(.reload)) reloads the model")
  }

  /// Starts over with another value of a constant: `MaxValues 6` or `Nodes = {n1, n2}`.
  mutating func setConstant(_ text: String) -> [Effect] {
    let name = String(text.prefix { $0.isLetter || $0.isNumber || $0 == "_" })
    var value = text.dropFirst(name.count).drop { $0 == " " }
    if value.hasPrefix("=") { value = value.dropFirst().drop { $0 == " " } }
    guard !name.isEmpty, !value.isEmpty else {
      message = Message("set needs a constant's name and its value: \(constantsInWords)", .wrong)
      return []
    }
    if let problem = problem(withConstant: name, value: String(value)) {
      message = Message(problem, .wrong)
      return []
    }
    let constants = options.constants.filter { Session.constantName(of: $0) != name }
    return [.reload(constants: constants + ["\(name)=\(value)"], startsOver: true)]
  }

  /// A word that would become a model value where the constant is something else is a slip.
  private func problem(withConstant name: String, value: String) -> String? {
    guard let current = model.explorer.constants.first(where: { $0.name == name })?.value,
      case .value(.modelValue(let word))? = ConfigurationReader.readAssignment("\(name)=\(value)").tree?
        .meaning
    else { return nil }
    if case .modelValue = current { return nil }
    return "\(name) is \(current), and \(word) is no such value: set \(name) \(current)"
  }

  private static func constantName(of assignment: String) -> String {
    String(assignment.prefix { $0 != "=" && $0 != "<" }.filter { $0 != " " })
  }

  private var constantsInWords: String {
    model.explorer.constants.map { "\($0.name) is \($0.value)" }.joined(separator: ", ")
  }

  /// The model was read again and nothing in it has changed.
  package mutating func keepModel() {
    isOutdated = false
    message = Message("nothing has changed")
  }

  /// The new version cannot be used: `problem` says why, with its places. The old model stays.
  package mutating func refuseModel(_ problem: String) {
    dialog = .note(title: "This version cannot be used; the one before stays", text: problem)
    message = Message("the model stays as it was", .wrong)
  }

  /// Takes a new version of the model over. What was explored is replayed on it as far as it goes; panes, focus and
  /// watches stay. With `startsOver` the current state is the initial one, and the branch lies ahead.
  package mutating func adopt(_ fresh: SessionModel, constants: [String], startsOver: Bool) -> [Effect] {
    settleMotion()
    let recorded = recordedTree
    let path = tree.branchPath(through: cursor)
    let wasChecking = check.isRunning
    let wasSearching = search.isRunning
    let hadResults = wasChecking || check.progress.distinct > 0
    model = fresh
    options.constants = constants
    isOutdated = false
    dialog = nil
    // News of a run on the old model are news of an older run.
    let run = check.run + 1
    check = CheckState()
    check.run = run
    let searchRun = search.run + 1
    search = SearchState()
    search.run = searchRun
    danger = .none
    slicedNodes = nil
    tree = TraceTree(root: fresh.initialStates[0])
    done = []
    undone = []
    savingNodes = []
    var replay = TreeReplay(recorded, on: fresh)
    let reached = replay.grow(&tree)
    savedNodes = Set(savedNodes.compactMap { replay.nodes.indices.contains($0) ? replay.nodes[$0] : nil })
    if let end = path.last(where: { replay.nodes[$0] != nil }).flatMap({ replay.nodes[$0] }) {
      tree.prefer(end)
    }
    cursor = startsOver ? tree.root(of: reached) : reached
    selectedLabel = nil
    settle()
    settleSelections()
    let what = startsOver ? constants.last.map { "starts over with \($0)" } ?? "starts over" : "reloaded"
    let summary = replay.summary(of: path, in: tree)
    let lost = path.contains { replay.nodes[$0] == nil }
    let checker = hadResults ? "; the checker's results were of the version before" : ""
    tell(
      [what, summary].filter { !$0.isEmpty }.joined(separator: ": ") + checker, lost ? .wrong : .information)
    return (wasChecking ? [.stopCheck] : []) + (wasSearching ? [.stopSearch] : [])
  }

  /// Says something at the bottom, or in a box when it is too long for that.
  mutating func tell(_ text: String, _ kind: Message.Kind = .information) {
    if Glyph.width(of: text) + 2 <= size.width {
      message = Message(text, kind)
    } else {
      dialog = .note(title: "Note", text: text)
    }
  }
}

// The configuration and the view file.
extension Session {
  /// Shows what is wrong with the model's view file.
  mutating func showProblemsOfView() {
    guard let first = model.structure.problems.first else { return }
    if model.structure.problems.count == 1 {
      message = Message("view file: \(first)", .wrong)
    } else {
      dialog = .note(title: "View file", text: model.structure.problems.joined(separator: "\n"))
    }
  }

  /// Shows what is wrong with the configuration file: at the bottom when it is one thing, else in a box.
  mutating func showProblemsOfSettings() {
    let problems = options.settings.problems
    guard let first = problems.first else { return }
    if problems.count == 1 {
      message = Message("config.toml: \(first)", .wrong)
    } else {
      dialog = .note(title: "config.toml", text: problems.joined(separator: "\n"))
    }
  }
}
