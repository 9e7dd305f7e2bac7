// Answers of the learner.
extension Tour {
  /// Opens the options or the line for an answer, or judges the learner's copy. For other tasks it says how they are answered.
  mutating func beginAnswer(_ session: Session?) -> [Effect] {
    guard case .open = phase else { return [] }
    feedback = nil
    switch beat.task {
    case .choose: input = .options(selected: chosen ?? 0)
    case .write: input = .line(TextField(written))
    case .make: say("Answer by doing it in the workbench.")
    case .mend:
      judgedModel = nil
      return session.map { judge($0) } ?? []
    case nil: say("There is nothing to answer here. Press \(key(.tourNext)) to continue.")
    }
    isFolded = false
    page = lastPage
    return []
  }

  mutating func say(_ words: TourWords) {
    feedback = Feedback(.information, words)
    showFeedback()
  }

  /// A key while an answer is open.
  mutating func pressInInput(_ pressed: Key, _ session: inout Session?) -> [Effect] {
    if bindings.leaves(pressed, isLine: true) {
      input = .none
      return []
    }
    switch input {
    case .none: break
    case .options(let selected): return press(pressed, inOptions: selected, &session)
    case .line(var field):
      if pressed == .enter { return write(field.text, session) }
      if field.edit(pressed) { input = .line(field) }
    }
    return []
  }

  private mutating func press(
    _ pressed: Key, inOptions selected: Int, _ session: inout Session?
  ) -> [Effect] {
    guard case .choose(let task) = beat.task else { return [] }
    let count = task.options.count
    if case .character(let letter) = pressed, let number = Tour.optionNumber(letter), number < count {
      return choose(number, &session)
    }
    switch bindings.command(for: pressed, in: .tour) {
    case .up: input = .options(selected: max(0, selected - 1))
    case .down: input = .options(selected: min(count - 1, selected + 1))
    case .activate: return choose(selected, &session)
    case .box(.tourNext), .box(.tourBack): input = .none
    default: break
    }
    return []
  }

  /// Says how to answer if the learner presses the letter of an option without the key for answers. The second time, the letter is the
  /// workbench's key. True if it was said.
  mutating func remindOfAnswerKey(_ pressed: Key, _ session: Session) -> Bool {
    guard case .open = phase, !isSolved, case .choose(let task) = beat.task,
      case .character(let letter) = pressed, !letter.isNumber, !letter.isUppercase,
      let option = Tour.optionNumber(letter), option < task.options.count,
      remindedLetters.insert(letter).inserted
    else { return false }
    let use = bindings.command(for: pressed, in: session.screen.focus).map { command -> String in
      let summary = command.summary
      return
        " \(letter) again is the workbench's key: \(summary.prefix(1).lowercased())\(summary.dropFirst())."
    }
    say("Press \(key(.tourAnswer)), then \(String(letter)), to answer.\(use ?? "")")
    return true
  }

  static func optionLetter(_ number: Int) -> String {
    ChooseTask.letters.indices.contains(number) ? String(ChooseTask.letters[number]) : "?"
  }

  /// The position of an option from its letter or digit.
  private static func optionNumber(_ character: Character) -> Int? {
    if let digit = character.wholeNumberValue { return digit > 0 ? digit - 1 : nil }
    return ChooseTask.letters.firstIndex { String($0) == character.lowercased() }
  }

  /// Carries out the commands that follow the answer, from the scene, and then has the answer judged.
  mutating func choose(_ option: Int, _ session: inout Session?) -> [Effect] {
    guard case .open = phase, case .choose(let task) = beat.task, task.options.indices.contains(option) else {
      return []
    }
    return choose(option, task, &session)
  }

  /// Chooses an option, or for nil the right one.
  private mutating func choose(
    _ option: Int?, _ task: ChooseTask, _ session: inout Session?
  ) -> [Effect] {
    input = .none
    chosen = option
    remindedLetters = []
    feedback = nil
    guard let scenePlace, session?.goBack(to: scenePlace) ?? false else {
      say("The scene is gone. \(key(.tourScene)) sets it again; then answer.")
      return []
    }
    session?.hideEffects(false)
    phase = .answering(option)
    return (session?.obey(task.then.map(\.text)) ?? []) + follow(&session)
  }

  /// Shows a class the solution of the beat. Nil if there is none to show.
  mutating func reveal(_ session: inout Session?) -> [Effect]? {
    guard case .open = phase else { return [] }
    isRevealed = true
    feedback = nil
    switch beat.task {
    case .choose(let task): return choose(nil, task, &session)
    case .make(let task):
      guard !task.solution.isEmpty, let scenePlace, session?.goBack(to: scenePlace) ?? false else {
        return nil
      }
      return (session?.obey(task.solution.map(\.text)) ?? []) + follow(&session)
    case .write(let task):
      written = task.target.text
      return session.map { judge(expression: written, in: $0) } ?? []
    case .mend, nil: return nil
    }
  }

  private mutating func write(_ text: String, _ session: Session?) -> [Effect] {
    guard let session, !text.trimmingBlanks.isEmpty else { return [] }
    input = .none
    written = text
    if let name = session.bareDefinition(in: text) {
      say(
        "\(marked: "`\(name)`") is a definition of the module. Write out what it says. \(key(.tourAnswer)) tries again."
      )
      return []
    }
    return judge(expression: text, in: session)
  }
}
