// Events.
extension Tour {
  /// Handles an event: the tour's own, else the session's. Then looks at what the session has become.
  package mutating func update(_ event: Event, in session: inout Session?) -> [Effect] {
    if concernsProgress(event) { return [] }
    defer { if case .loading = phase {} else { presents = session?.screen.presents ?? presents } }
    if isBusy, let effects = wait(event, &session) { return effects }
    switch event {
    case .judged(let run, let verdict):
      return run == judgeRun ? take(verdict, in: &session) + follow(&session) : []
    case .resize(let size):
      self.size = size
      page = min(page, lastPage)
      return session?.update(.resize(sessionSize)) ?? []
    case .paste(let text):
      if case .line(var field) = input {
        field.insert(text)
        input = .line(field)
        return []
      }
    case .mouse(let mouse):
      if mouse.kind != .drag, mouse.kind != .release, tourArea.contains(mouse.point) {
        return press(mouse, &session)
      }
    case .key(let key):
      if let effects = press(key, &session) { return effects }
    default: break
    }
    return (session?.update(event) ?? []) + follow(&session)
  }

  /// The session has a new version of its model.
  package mutating func modelChanged(in session: inout Session?) -> [Effect] { follow(&session) }

  /// Whether an answer is carried out or judged. Nothing that the learner does may change what is looked at.
  private var isBusy: Bool {
    switch phase {
    case .answering, .judging: true
    case .loading, .setting, .open: false
    }
  }

  /// Handles the learner's input while an answer is carried out or judged: it can be stopped, and nothing else. Nil for other events.
  private mutating func wait(_ event: Event, _ session: inout Session?) -> [Effect]? {
    switch event {
    case .mouse, .paste: return []
    case .key(let key):
      if bindings.leaves(key, isLine: false) { return stopAnswer(&session) }
      switch bindings.command(for: key, in: .tour) {
      case .quit, .redraw, .suspend: return session?.update(event) ?? []
      default: return []
      }
    default: return nil
    }
  }

  private mutating func stopAnswer(_ session: inout Session?) -> [Effect] {
    if case .judging = phase { return [.stopJudging] }
    phase = .open
    session?.stopObeying()
    say("Stopped. \(key(.tourAnswer)) answers again.")
    return session?.stopsEverything ?? []
  }

  /// Handles a key; nil if it is the session's.
  private mutating func press(_ pressed: Key, _ session: inout Session?) -> [Effect]? {
    if input != .none { return pressInInput(pressed, &session) }
    guard session?.leavesKeys ?? true else { return nil }
    if presents, session != nil, let effects = present(pressed, &session) { return effects }
    guard case .box(let action)? = bindings.ownCommand(for: pressed, in: .tour) else {
      if let session { return remindOfAnswerKey(pressed, session) ? [] : nil }
      return bindings.command(for: pressed, in: .tour) == .quit ? [.quit] : []
    }
    if action == .tourFold {
      isFolded.toggle()
      page = min(page, lastPage)
      return session?.update(.resize(sessionSize)) ?? []
    }
    let wasFolded = isFolded
    let effects = act(action, &session)
    guard wasFolded, !isFolded else { return effects }
    return effects + (session?.update(.resize(sessionSize)) ?? [])
  }

  /// In front of a class, keys go on and back in the tour, or change the pane. Nil for keys that the session handles.
  private mutating func present(_ pressed: Key, _ session: inout Session?) -> [Effect]? {
    session?.notePressed(pressed)
    switch bindings.command(for: pressed, in: .tour) {
    case .box(.tourNext), .forward, .pageDown, .activate: return next(&session)
    case .box(.tourBack), .back, .pageUp: return back(&session)
    case .box(.tourScene): return returnToScene(&session)
    case .box(.tourChapters): return act(.tourChapters, &session)
    case .nextPane, .previousPane, .spaceTime, .commandLine, .help, .escape, .quit, .redraw, .suspend:
      return nil
    default: return []
    }
  }

  private mutating func act(_ action: BoxAction, _ session: inout Session?) -> [Effect] {
    switch action {
    case .tourNext: return next(&session)
    case .tourBack: return back(&session)
    case .tourAnswer: return beginAnswer(session)
    case .tourHint: showHint()
    case .tourScene: return returnToScene(&session)
    case .tourOriginal: return takeOriginal(&session)
    case .tourChapters: return keepProgress() + stopping(session) + [.leaveChapter]
    default: break
    }
    return []
  }

  /// A click on an option chooses it; the wheel turns the pages.
  private mutating func press(_ mouse: Mouse, _ session: inout Session?) -> [Effect] {
    if isFolded { return [] }
    switch mouse.kind {
    case .wheelUp: page = max(0, page - 1)
    case .wheelDown: page = min(lastPage, page + 1)
    case .click, .doubleClick:
      if let option = option(at: mouse.point) { return choose(option, &session) }
    case .drag, .release: break
    }
    return []
  }
}
