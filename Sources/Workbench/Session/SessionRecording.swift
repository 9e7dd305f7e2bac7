import StateSpace

// Recording commands.
extension Session {
  /// `:record FILE` begins a recording, `:record` ends it. With the ending `.cast` it saves the branch as a film at once.
  mutating func record(_ argument: String?) -> [Effect] {
    guard var path = argument?.trimmingBlanks, !path.isEmpty else {
      guard let recorder else {
        screen.message = Message("record needs the path of a file: record demo", .wrong)
        return []
      }
      self.recorder = nil
      screen.message = Message("recorded in \(recorder.path): --run \(recorder.path) plays it")
      return []
    }
    let isForced = path.hasPrefix("!")
    if isForced { path = String(path.dropFirst()).trimmingBlanks }
    path = expanded(path)
    let replaces = isForced || disk.savedPaths.contains(path)
    if path.lowercased().hasSuffix(Recording.ending) { return saveRecording(path, replaces: replaces) }
    let recorder = CommandRecorder(path, replaces: replaces, lines: linesToHere)
    self.recorder = recorder
    screen.message = Message("what you do is recorded in \(path): :record ends it")
    return [recorder.save]
  }

  /// The commands that lead from the start of a session to the current state and pane.
  private var linesToHere: [String] {
    var lines = ["# synscope \(options.sessionModel.isEmpty ? model.name : options.sessionModel)"]
    lines += options.constants.map { "set " + $0.replacing("=", with: " ", maxReplacements: 1) }
    let path = tree.path(to: cursor)
    if let index = model.initialStates.firstIndex(of: tree[path[0]].state), index > 0 {
      lines.append("initial \(index + 1)")
    }
    for (before, node) in zip(path, path.dropFirst()) { lines += stepLines(from: before, to: node) }
    lines += screen.watches.map { "watch \($0)" }
    if let beside { lines.append("beside \(beside.title)") }
    return lines + [screen.focus.name]
  }

  /// The command that takes a step. An action that has several effects is taken by its number.
  private func stepLines(from before: Int, to node: Int) -> [String] {
    if let change = tree[node].whatIf { return ["whatif \(change)"] }
    let items = model.actions(in: tree[before].state).items
    guard let label = tree[node].label,
      let item = items.firstIndex(where: { $0.label == label && $0.target == tree[node].state })
    else { return [] }
    let isOnly = items.firstIndex { $0.label == label } == item
    return [isOnly ? "take \(label)" : "take-number \(items[item].number ?? 0)"]
  }

  var moment: CommandRecorder.Moment { CommandRecorder.Moment(cursor: cursor, focus: screen.focus) }

  /// Remembers a command for the recording. The commands of a script are not the user's doing.
  mutating func note(_ id: Command.ID, _ argument: String?) {
    if recorder != nil, !isObeying {
      recorder?.deeds.append(CommandRecorder.Deed(id: id, argument: argument))
    }
  }

  /// Writes down what the user did by an event. Anything that follows by itself, such as the end of a search, is not the user's doing.
  mutating func recordingEffects(_ event: Event, since before: CommandRecorder.Moment) -> [Effect] {
    guard var recorder else { return [] }
    defer { self.recorder = recorder }
    let deeds = recorder.deeds
    recorder.deeds = []
    switch event {
    case .key, .mouse: break
    default: return []
    }
    var lines: [String] = []
    var hasMoved = false
    for deed in deeds where screen.message?.kind != .wrong {
      let stays = Session.goingAtOnce.contains(deed.id) && cursor == before.cursor
      guard !stays, let line = line(for: deed) else { continue }
      lines.append(line)
      hasMoved = hasMoved || Session.moving.contains(deed.id)
    }
    if cursor != before.cursor, !hasMoved { lines += moveLines(from: before.cursor) }
    if screen.focus != before.focus { lines.append(screen.focus.name) }
    guard !lines.isEmpty else { return [] }
    recorder.add(lines)
    return [recorder.save]
  }

  /// Commands that go to another state, or do nothing.
  private static let goingAtOnce: Set<Command.ID> = [
    .back, .forward, .toStart, .toEnd, .goto, .initial, .undo, .redo, .nextViolation, .previousViolation,
    .inevitable,
  ]

  /// Commands that go to another state by themselves.
  private static let moving = goingAtOnce.union([
    .whatIf, .walk, .play, .openTrace, .deleteBranch, .setConstant, .openModel, .log, .logDeparture,
  ])

  /// Commands that are written as they were given, without an argument, too.
  private static let plain: Set<Command.ID> = [
    .back, .forward, .toStart, .toEnd, .undo, .redo, .check, .checkHere, .checkAll, .pauseCheck,
    .nextViolation, .previousViolation, .inevitable, .danger, .slice, .unwatch, .zoom, .size, .previousSize,
    .narrower, .wider, .shorter, .taller, .usualSizes, .foldActions, .showAlias, .lanesLeft, .lanesRight,
    .nextText, .previousText, .play, .deleteBranch, .beside, .caption, .present, .keys, .log, .logDeparture,
  ]

  /// Commands that are written if they have an argument. Without one they ask for it, and the answer is written.
  private static let withArgument: Set<Command.ID> = [
    .goto, .initial, .saveTrace, .openTrace, .copy, .evaluate, .watch, .history, .find, .findText,
    .renameBranch, .whatIf, .walk, .setConstant, .openModel,
  ]

  private func line(for deed: CommandRecorder.Deed) -> String? {
    guard let command = CommandTable.command(deed.id) else { return nil }
    if let argument = deed.argument, Session.plain.union(Session.withArgument).contains(deed.id) {
      return "\(command.name) \(argument)"
    }
    return deed.argument == nil && Session.plain.contains(deed.id) ? command.name : nil
  }

  /// The commands that go where the user went by choosing from a list.
  private func moveLines(from before: Int) -> [String] {
    guard tree.nodes.indices.contains(before) else { return [] }
    if tree[cursor].parent == before {
      let lines = stepLines(from: before, to: cursor)
      if !lines.isEmpty { return lines }
    }
    if tree.branchPath(through: before).contains(cursor) { return ["goto \(step)"] }
    if tree[cursor].parent == nil, let index = model.initialStates.firstIndex(of: state) {
      return ["initial \(index + 1)"]
    }
    return ["branches \(branchName)", "goto \(step)"]
  }
}
