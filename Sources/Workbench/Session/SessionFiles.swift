import StateSpace
import TLASemantics
package import Traces

// Saving and opening traces.
extension Session {
  /// The branch of the current state, as a trace.
  package var trace: Trace { trace(of: tree.branchPath(through: cursor)) }

  /// A path from an initial state, as a trace.
  func trace(of path: [Int]) -> Trace {
    let steps = path.map { TraceStep(label: tree[$0].label, values: model.values(of: tree[$0].state)) }
    let last = path.last ?? cursor
    let violated = model.violatedInvariants(in: tree[last].state)
    let source =
      violated.isEmpty
      ? "session, \(branchName)" : "violates \(violated.joined(separator: ", ")), \(branchName)"
    var trace = Trace(
      variables: model.variables, steps: steps,
      loop: path.last.flatMap { tree[$0].loopsTo }.map { tree[$0].depth },
      metadata: Trace.Metadata(model: model.explorer.specification.name, source: source),
      stepNotes: whatIfNotes(path))
    trace.takeCaptions(from: model.explorer.specification)
    for (index, node) in path.enumerated() {
      if let caption = explored.captions[node] { trace.captions[index] = caption }
    }
    trace.violation = trace.violation(
      at: trace.steps.count - 1, explorer: model.explorer, structure: model.structure)
    return trace
  }

  /// `part5-main.itf.json` in the folder for traces.
  var defaultTracePath: String {
    let name = "\(model.explorer.specification.name)-\(branchName)".map { character in
      character.isLetter || character.isNumber || character == "-" || character == "_" || character == "."
        ? character : "-"
    }
    let folder = options.traceFolder
    return (folder.isEmpty || folder.hasSuffix("/") ? folder : folder + "/") + String(name) + ".itf.json"
  }

  /// Saves the branch; without a path it asks for one. An existing file is overwritten only if this session saved it before, or with `!`
  /// before the path. `!` alone means the path that was refused last.
  mutating func saveTrace(_ argument: String?) -> [Effect] {
    var path = argument.map(trimmed) ?? ""
    let isForced = path.hasPrefix("!")
    if isForced {
      path = trimmed(String(path.dropFirst()))
      if path.isEmpty { path = disk.refusedPath ?? "" }
    }
    path = expanded(path)
    guard !path.isEmpty else {
      screen.dialog = .prompt(.savePath, TextField(defaultTracePath))
      return []
    }
    let replaces = isForced || disk.savedPaths.contains(path)
    if isStateGraphPath(path) { return saveStateGraph(path, replaces: replaces) }
    if path.lowercased().hasSuffix(Recording.ending) { return saveRecording(path, replaces: replaces) }
    if path.lowercased().hasSuffix(Demonstration.ending) {
      return saveDemonstration(path, replaces: replaces)
    }
    guard let format = TraceFormat(forPath: path) else {
      let endings = (TraceFormat.savedEndings + [Recording.ending, Demonstration.ending]).joined(
        separator: ", ")
      screen.message = Message(
        "the ending says in which form to save, and \(path) has none of \(endings)", .wrong)
      return []
    }
    disk.savingNodes = tree.branchPath(through: cursor)
    guard disk.savingNodes.count <= Session.longestSavedAtOnce else {
      return saveLongBranch(disk.savingNodes, path: path, format: format, replaces: replaces)
    }
    let contents = format.write(trace, structure: model.structure)
    return [.save(path: path, piece: FilePiece(contents), replaces: replaces)]
  }

  /// Longer branches are saved piece by piece.
  static let longestSavedAtOnce = 1_000

  /// Nothing was written, because the file exists.
  mutating func refuseToReplace(_ path: String) {
    endSaving(path)
    disk.refusedPath = path
    disk.savingNodes = []
    screen.message = Message("\(path) exists: :save! overwrites it", .wrong)
  }

  mutating func openTrace(_ path: String?) -> [Effect] {
    guard let path = path.map(trimmed), !path.isEmpty else {
      screen.dialog = .prompt(.openPath, TextField(options.traceFolder))
      return []
    }
    disk.openedPath = path
    return [.open(path: expanded(path))]
  }

  private func trimmed(_ text: String) -> String {
    var text = text[...]
    while text.first == " " { text = text.dropFirst() }
    while text.last == " " { text = text.dropLast() }
    return String(text)
  }

  /// Replays a trace file. The steps that the model allows become a branch. The first step that it does not allow is explained.
  mutating func replay(_ contents: String, path: String) {
    if path.lowercased().hasSuffix(Demonstration.ending) { return openDemonstration(contents, path: path) }
    let name = path.split(separator: "/").last.map(String.init) ?? path
    do {
      let document = try TraceReader.readAll(contents, file: path)
      guard document.traces.count == 1 else {
        screen.dialog = .opening(TraceOpening(whichOf: document, name: name))
        return
      }
      replay(document.traces[0], name: name, matching: .values)
    } catch {
      screen.message = Message(Wording.message(of: error), .wrong)
    }
  }

  /// Replays a trace as `matching` says. If no state of the model has the trace's values, asks whether to replay it by its actions.
  mutating func replay(_ read: Trace, name: String, matching: ReplayMatching) {
    let report = TraceReplayer(explorer: model.explorer).replay(read, matching: matching)
    if report.states.isEmpty, report.step != nil, matching == .values,
      read.steps.contains(where: { $0.label != nil })
    {
      screen.dialog = .opening(TraceOpening(howToReplay: read, name: name, because: report.message))
      return
    }
    guard !report.states.isEmpty else {
      screen.message = Message("\(name): \(report.message)", .wrong)
      return
    }
    let stop = report.outcome == .violation ? report.step : nil
    let changes = read.whatIfChanges
    edit { tree in
      let added = tree.insert(
        report.states, labels: report.labels, whatIf: changes, from: nil, name: name, origin: .file)
      let end = added[added.count - 1]
      if let loop = report.loop, added.indices.contains(loop), added.count == read.steps.count {
        tree.close(end, loopingTo: added[loop])
      }
      tree.prefer(end)
      return stop.flatMap { added.indices.contains($0) ? added[$0] : nil } ?? end
    }
    switch report.outcome {
    case .valid where !changes.isEmpty:
      let steps = Wording.count(report.states.count - 1, "step")
      screen.message = Message(
        "\(name): \(steps), \(Wording.count(changes.count, "what-if change")) among them (≈)")
    case .valid:
      screen.message = Message("\(name): \(report.message)\(notes(report))")
    case .violation:
      screen.message = Message(
        "✗ \(name), step \(report.step ?? step): \(report.message)\(notes(report))", .violation)
    case .illegal:
      let text = "step \(report.step ?? step) is not allowed: \(report.message)"
      screen.message = Message("\(name): \(text)", .wrong)
      if Glyph.width(of: text) + name.count + 4 > screen.size.width {
        screen.dialog = .note(title: "\(name) stops being allowed", text: text + notes(report))
      }
    }
  }

  private func notes(_ report: ReplayReport) -> String {
    report.notes.isEmpty ? "" : " (\(report.notes.joined(separator: "; ")))"
  }
}

extension TraceTree {
  /// Adds a path of states as a branch and returns its nodes. The path begins at `start` if its first state is there, else at an initial
  /// state. Existing nodes are reused. `states` must not be empty. `labels` is parallel to it: nil for the first state, for stuttering
  /// steps, and for the changes that `whatIf` gives by their index.
  mutating func insert(
    _ states: [State], labels: [ActionLabel?], whatIf: [Int: String] = [:], from start: Int?, name: String,
    origin: Origin
  ) -> [Int] {
    var added: [Int] = []
    for (index, (state, label)) in zip(states, labels).enumerated() {
      guard let last = added.last else {
        let isStart =
          start.map { $0 < nodes.count && nodes[$0].state == state && !nodes[$0].isDeleted } ?? false
        added = [isStart ? start ?? 0 : root(for: state, name: name, origin: origin)]
        continue
      }
      let change = whatIf[index]
      added.append(
        child(
          of: last, label: change == nil ? label ?? .stuttering : nil, whatIf: change,
          state: state, name: name, origin: origin))
    }
    return added
  }
}
