import StateSpace
import Traces

// Events.
extension Session {
  /// Carries out an event. `update` records the result.
  mutating func respond(to event: Event) -> [Effect] {
    switch event {
    case .key(let key): return press(key)
    case .mouse(let mouse): return handle(mouse)
    case .resize(let newSize):
      screen.size = newSize
      screen.needs = PaneNeeds()
      growPanes()
      for pane in Pane.allCases where pane != .nodes { select(position(pane).selected, in: pane) }
      settleSelections()
      return []
    case .paste(let text):
      paste(text)
      return []
    case .tick: return goOnWithJob()
    case .fileSaved(let path, _) where path == recorder?.path:
      recorder?.replaces = true
      return []
    case .fileExists(let path) where path == recorder?.path:
      recorder = nil
      screen.message = Message("\(path) exists: :record! \(path) overwrites it", .wrong)
      return []
    case .fileFailed(let path, let reason) where path == recorder?.path:
      recorder = nil
      screen.message = Message("the recording has ended: \(path): \(reason)", .wrong)
      return []
    case .fileSaved(let path, let size):
      endSaving(path)
      explored.savedNodes.formUnion(disk.savingNodes.filter { $0 < tree.nodes.count })
      disk.savedPaths.insert(path)
      let saved = SavedTrace(path: path, format: TraceFormat(forPath: path), size: size)
      screen.message = Message(saved.message)
      return []
    case .filePieceSaved(let path): return saveOn(path)
    case .fileGoesOn(let path):
      guard path == options.sessionFile else { return [] }
      disk.journal.isBehind = false
      screen.message = Message("the session is kept on disk again")
      return []
    case .fileExists(let path):
      refuseToReplace(path)
      return []
    case .filesListed(let path, let names):
      complete(path: path, names: names)
      return []
    case .edited(let problem): return edited(problem: problem)
    case .filesChanged(let paths):
      noteChanges(paths)
      return []
    case .fileOpened(let path, let contents) where disk.left.contains { $0.path == path }:
      return restore(contents, path: path)
    case .fileFailed(let path, let reason) where path == options.sessionFile:
      journalFailed(reason: reason)
      return []
    case .fileOpened(let path, let contents):
      disk.openedPath = nil
      replay(contents, path: path)
      return []
    case .fileFailed(let path, let reason):
      endSaving(path)
      screen.message = Message("\(path): \(reason)", .wrong)
      if let opened = disk.openedPath, expanded(opened) == path, screen.dialog == nil {
        screen.dialog = .prompt(.openPath, TextField(opened))
      }
      disk.openedPath = nil
      return []
    case .checkProgress(let run, let progress):
      guard run == runs.check.run else { return [] }
      runs.check.progress = progress
      runs.check.news += 1
      return []
    case .checkFound(let run, let violation):
      guard run == runs.check.run else { return [] }
      found(violation)
      return []
    case .checkEnded(let run, let result):
      guard run == runs.check.run else { return [] }
      ended(result)
      return measureDangerAfterCheck()
    case .checkFailed(let run, let text):
      guard run == runs.check.run else { return [] }
      runs.check.phase = .failed(text)
      screen.message = Message("the checker: \(text)", .wrong)
      return []
    case .searchProgress(let run, let progress):
      if run == runs.search.run { runs.search.progress = progress }
      return []
    case .searchEnded(let run, let outcome):
      if run == runs.search.run { searchEnded(outcome) }
      return []
    case .searchFailed(let run, let text):
      if run == runs.search.run { searchFailed(text) }
      return []
    case .evaluationProgress(let run, let done):
      if run == runs.evaluating.run { runs.evaluating.done = done }
      return []
    case .evaluated(let run, let end):
      return run == runs.evaluating.run ? evaluated(end) : []
    case .logProgress(let run, let progress):
      if run == runs.log.run { runs.log.progress = progress }
      return []
    case .logJudged(let run, let judged): return run == runs.log.run ? take(judged) : []
    case .logFailed(let run, let reason):
      if run == runs.log.run { logFailed(reason) }
      return []
    case .judged, .background: return []
    case .motionTick(let number): return number == runs.motionNumber ? moveOn() : []
    }
  }

  mutating func press(_ key: Key) -> [Effect] {
    notePressed(key)
    // These commands have the same meaning in every dialog.
    if let command = bindings.command(for: key, in: screen.focus),
      command.id == .redraw || command.id == .suspend,
      !key.isTyped || screen.dialog == nil
    {
      return run(command, argument: nil)
    }
    screen.message = nil
    if isObeying, bindings.command(for: key, in: screen.focus)?.id == .escape { stopObeying() }
    // A key must not change what the user cannot see, so only quitting works.
    if layout.isTooSmall {
      return bindings.command(for: key, in: screen.focus)?.id == .quit && (!isUnsaved || keepsSession)
        ? quit() : []
    }
    if runs.motion.isMoving { return pressInMotion(key) }
    if screen.dialog != nil { return pressInDialog(key) }
    if screen.presents { return pressInPresentation(key) }
    guard let command = bindings.command(for: key, in: screen.focus) else { return [] }
    if command.id == .takeNumbered, case .character(let digit) = key {
      return run(command, argument: String(digit))
    }
    return run(command, argument: nil)
  }

  private mutating func paste(_ text: String) {
    switch screen.dialog {
    case .prompt(let prompt, var field):
      field.insert(text)
      screen.dialog = .prompt(prompt, field)
    case .evaluation(var field, _):
      field.insert(text)
      screen.dialog = .evaluation(field, recalled: 0)
    case .commandLine(var field, _):
      field.insert(text)
      screen.dialog = .commandLine(field, selected: 0)
    default: break
    }
  }

  /// Runs a command of the table. If a required argument is missing, asks for it.
  mutating func run(_ command: Command, argument: String?) -> [Effect] {
    let argument = argument.flatMap { text in
      let trimmed = text.drop { $0 == " " }
      return trimmed.isEmpty ? nil : String(trimmed)
    }
    if command.argument == .none, let argument {
      screen.message = Message(
        "\(command.name) takes nothing after its name, and was given \(argument)", .wrong)
      return []
    }
    if case .required(let what) = command.argument, argument == nil {
      screen.dialog = .commandLine(TextField(command.name + " "), selected: 0)
      screen.message = Message("\(command.name) needs: \(what)")
      return []
    }
    usedCommands.insert(command.name)
    note(command.id, argument)
    switch command.id {
    case .up: move(by: -1)
    case .down: move(by: 1)
    case .pageUp: move(by: -max(1, paneHeight(screen.focus) - 1))
    case .pageDown: move(by: max(1, paneHeight(screen.focus) - 1))
    case .nextPane: focus(on: screen.focus.neighbour(1, in: panes))
    case .previousPane: focus(on: screen.focus.neighbour(-1, in: panes))
    case .activate:
      guard let argument else { return activate() }
      take(named: argument)
    case .takeNumbered: take(number: argument)
    case .back: back()
    case .forward: forward()
    case .open: openSelectedValue(true)
    case .close: openSelectedValue(false)
    case .toStart: go(to: tree.root(of: cursor))
    case .toEnd: go(to: tree.end(from: cursor))
    case .goto: goto(argument)
    case .initial: goToInitialState(argument)
    case .undo: undo()
    case .redo: redo()
    case .toggleLink: toggleLink(argument)
    case .check: return runs.search.isRunning ? stopSearch() : startOrStopCheck(from: nil, collecting: false)
    case .checkHere: return startOrStopCheck(from: cursor, collecting: false)
    case .checkAll: return startOrStopCheck(from: nil, collecting: true)
    case .pauseCheck: return pauseOrResumeCheck()
    case .nextViolation: goToViolation(offset: 1)
    case .previousViolation: goToViolation(offset: -1)
    case .saveTrace: return saveTrace(argument)
    case .openTrace: return openTrace(argument)
    case .copy: return copy(argument)
    case .evaluate: evaluate(argument)
    case .history: return showHistory(argument)
    case .slice: toggleSlice()
    case .showSource: focus(on: screen.focus == .source ? .actions : .source)
    case .edit: return editSpecification()
    case .reload: return reload()
    case .setConstant: return setConstant(argument ?? "")
    case .restore: return restoreLeft()
    case .record: return record(argument)
    case .present: present(!screen.presents)
    case .keys: showKeys(argument)
    case .caption: setCaption(argument)
    case .openModel: return argument.map { [.openModel($0)] } ?? []
    case .beside: return putBeside(argument)
    case .log: return openLog(argument)
    case .logDeparture: goToDeparture()
    case .watch: addWatch(argument ?? "")
    case .unwatch: removeWatch(argument)
    case .removeWatch: removeSelectedWatch()
    case .spaceTime: toggleSpaceTime()
    case .lanesLeft: scrollLanes(by: -1)
    case .lanesRight: scrollLanes(by: 1)
    case .pane(let pane): focus(on: pane)
    case .foldActions: foldActions()
    case .showAlias: showAlias()
    case .findText:
      if let argument { find(text: argument, inHelp: false) } else { askForText() }
    case .nextText: findText(by: 1)
    case .previousText: findText(by: -1)
    case .zoom:
      setPaneSize(screen.isZoomed ? .normal : .full)
    case .size: setPaneSize(screen.paneSize.next(1))
    case .previousSize: setPaneSize(screen.paneSize.next(-1))
    case .narrower: growFocusedPane(by: -Session.columnsAtOnce, isUpright: true)
    case .wider: growFocusedPane(by: Session.columnsAtOnce, isUpright: true)
    case .shorter: growFocusedPane(by: -1, isUpright: false)
    case .taller: growFocusedPane(by: 1, isUpright: false)
    case .usualSizes: resetPaneSizes()
    case .help: screen.dialog = .help(top: 0)
    case .commandLine: screen.dialog = .commandLine(TextField(), selected: 0)
    case .escape:
      if runs.job != nil { return stopJob() }
      if runs.evaluating.running != nil { return stopEvaluating() }
      if runs.search.isRunning { return stopSearch() }
      if runs.log.isRunning { return stopLog() }
      if screen.soughtText.isEmpty { setPaneSize(.normal) }
      (screen.soughtText, screen.foundInNodes) = ("", nil)
    case .find: return find(argument)
    case .danger: return askForDanger()
    case .inevitable: showInevitable()
    case .branches:
      if let argument { return go(toBranch: argument) }
      screen.dialog = .branches(BranchesDialog(selected: branchList.position(of: tree[cursor].branch)))
    case .renameBranch: rename(branch: tree[cursor].branch, to: argument)
    case .deleteBranch: delete(branch: tree[cursor].branch)
    case .whatIf: whatIf(argument ?? "")
    case .walk: return walk(argument)
    case .play: return play(argument)
    case .redraw: return [.redraw]
    case .suspend: return [.suspend]
    case .box: break
    case .quit:
      if isUnsaved, options.asksBeforeQuitting {
        screen.dialog = .quitConfirmation
        return []
      }
      return quit()
    }
    return []
  }

  func quit() -> [Effect] {
    (runs.check.isRunning ? [.stopCheck] : []) + (runs.search.isRunning ? [.stopSearch] : [])
      + (runs.log.isRunning ? [.stopLog] : []) + [.quit]
  }

  /// By how many columns a key moves an upright border.
  private static let columnsAtOnce = 2

  // MARK: Lists

  /// The panes that are there: Log only with a log.
  var panes: [Pane] { Pane.allCases.filter { $0 != .log || log != nil } }

  mutating func focus(on pane: Pane) {
    guard panes.contains(pane) else {
      screen.message = Message("no log is open: :log FILE judges one", .wrong)
      return
    }
    screen.show(pane)
    if pane == .trace { screen.sourceFollowsTrace = true }
    if pane == .actions { screen.sourceFollowsTrace = false }
    // The places depend on the layout, which depends on the focus.
    for pane in [pane, .actions] where pane != .nodes { select(position(pane).selected, in: pane) }
    if screen.paneSize == .half { settlePanes() }
    revealStepInSpaceTime()
    settleSelections()
  }

  /// Moves selections on rows that cannot be selected to the nearest row that can.
  mutating func settleSelections() {
    for pane in Pane.allCases where pane != .nodes {
      guard let list = list(for: pane), list.count > 0 else { continue }
      let selected = position(pane).selected
      if selected >= list.count || !list.isSelectable(max(0, selected)),
        let row = list.selectable(from: min(selected, list.count - 1), by: 0)
      {
        select(row, in: pane)
      }
    }
  }

  private mutating func move(by offset: Int) {
    guard let list = list(for: screen.focus) else {
      scroll(.nodes, by: offset)
      scrollBeside(by: offset)
      return
    }
    if screen.focus == .spaceTime { return moveInSpaceTime(by: offset) }
    guard let row = list.selectable(from: position(screen.focus).selected, by: offset) else { return }
    select(row, in: screen.focus)
    if screen.focus == .log { goToStepOfLog() }
    rememberSelectedAction()
  }

  /// Remembers the selected action, so that the selection stays on it from state to state.
  mutating func rememberSelectedAction() {
    if screen.focus == .actions, let item = selectedActionItem {
      screen.selectedLabel = report.items[item].label
    }
  }

  mutating func scroll(_ pane: Pane, by offset: Int) {
    let count = list(for: pane)?.count ?? nodesHeight
    let height = pane == .nodes ? nodesWindowHeight : paneHeight(pane)
    var position = position(pane)
    position.top = max(0, min(position.visibleTop(height: height, count: count) + offset, count - height))
    screen.positions[pane] = position
  }

  /// The effect of Enter and a double click in the focused pane.
  mutating func activate() -> [Effect] { screen.focus.record.activate(&self) }

  // MARK: Mouse

  private mutating func handle(_ mouse: Mouse) -> [Effect] {
    switch mouse.kind {
    case .drag:
      for border in screen.heldBorders { move(border, to: border.isUpright ? mouse.point.x : mouse.point.y) }
      return []
    case .release:
      screen.heldBorders = []
      return []
    case .click, .doubleClick, .wheelUp, .wheelDown: break
    }
    screen.message = nil
    settleMotion()
    if screen.dialog != nil { return handleInDialog(mouse) }
    if screen.presents {
      if mouse.kind == .click { forward() }
      return []
    }
    let layout = layout
    if mouse.kind == .click, let pane = layout.tabs.first(where: { $0.area.contains(mouse.point) })?.pane {
      focus(on: pane)
      return []
    }
    if mouse.kind == .click, mouse.point.y == screen.size.height - 1 {
      return hintedCommand(at: mouse.point.x).map { run($0, argument: nil) } ?? []
    }
    if layout.besideFrame?.inner.contains(mouse.point) ?? false {
      if mouse.kind == .wheelUp { scrollBeside(by: -3) }
      if mouse.kind == .wheelDown { scrollBeside(by: 3) }
      return []
    }
    guard let place = layout.place(at: mouse.point) else { return [] }
    if mouse.kind == .click { screen.heldBorders = layout.borders(at: mouse.point) }
    switch mouse.kind {
    case .wheelUp: scroll(place.pane, by: -3)
    case .wheelDown: scroll(place.pane, by: 3)
    case .click, .doubleClick:
      focus(on: place.pane)
      guard let list = list(for: place.pane) else { return [] }
      let row =
        position(place.pane).visibleTop(height: place.area.height, count: list.count) + mouse.point.y
        - place.area.y
      guard place.area.contains(mouse.point), row >= 0, row < list.count, list.isSelectable(row) else {
        return []
      }
      select(row, in: place.pane)
      if place.pane == .spaceTime { goToSpaceTimeRow(row) }
      if place.pane == .log { goToStepOfLog() }
      rememberSelectedAction()
      if mouse.kind == .doubleClick { return activate() }
    case .drag, .release: break
    }
    return []
  }
}
