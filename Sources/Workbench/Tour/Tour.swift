import StateSpace
package import TLASemantics

/// A chapter beside the live workbench. The session does not know of it: the tour sets scenes in the session, looks at it after every event,
/// and judges.
package struct Tour {
  /// What the tour waits for.
  enum Phase {
    /// The application loads the scene's model.
    case loading
    /// The session carries out the commands of the scene.
    case setting
    /// It is the learner's turn.
    case open
    /// The session carries out what follows the answer with that number; nil for the right one, whichever it is.
    case answering(Int?)
    /// The engine judges an answer. For an option, its number; nil if the class is shown the right one.
    case judging(option: Int?)
  }

  /// What takes the learner's keys instead of the workbench.
  enum Input: Hashable {
    case none
    /// The options of a question, one of which is selected.
    case options(selected: Int)
    case line(TextField)
  }

  /// What the tour says about the last answer.
  struct Feedback: Hashable {
    enum Kind: Hashable {
      case right, wrong, information
    }
    let kind: Kind
    let words: TourWords

    init(_ kind: Kind, _ words: TourWords) {
      self.kind = kind
      self.words = words
    }

    var text: String { words.text }
  }

  /// A place in the session's tree.
  package struct Place {
    let model: SessionModel
    let node: Int
    let state: State
  }

  package let chapter: Chapter
  package private(set) var progress: TourProgress
  /// The file of the progress; nil to keep none.
  private let progressPath: String?
  let bindings: KeyBindings
  /// The original of the specification that the learner mends.
  package var original: Specification?

  package private(set) var beatIndex = 0
  /// Whether it is shown to a class.
  var presents: Bool
  var phase = Phase.loading
  var input = Input.none
  var feedback: Feedback?
  var hintsShown = 0
  /// The lines of the tour's text that are above those shown.
  var page = 0
  var isFolded = false
  var size = Size(width: 80, height: 24)
  /// The option that was chosen last.
  var chosen: Int?
  /// The letters of options that the learner has pressed without the key for answers.
  var remindedLetters: Set<Character> = []
  /// The expression that was written last.
  var written = ""
  /// Where the scene was set.
  var scenePlace: Place?
  /// Where the session stood when the beat was solved.
  private(set) var endPlace: Place?
  /// Whether the class has been shown the solution of this beat.
  var isRevealed = false
  /// The version of the model that was judged last.
  var judgedModel: SessionModel?
  var judgeRun = 0
  /// The state that was judged last, and how many commands had been used.
  var judgedStep: (node: Int, used: Int)?
  /// What the learner was asked to press again.
  private var asked = Question.none

  private enum Question {
    case none
    /// Whether to skip this beat.
    case skip
    /// Whether to take the original in place of the learner's copy.
    case original
  }

  package init(
    _ chapter: Chapter, progress: TourProgress = TourProgress(), progressPath: String? = nil,
    bindings: KeyBindings = KeyBindings(), presents: Bool = false
  ) {
    self.chapter = chapter
    self.presents = presents
    self.progress = progress
    self.progressPath = progressPath
    self.bindings = bindings
    let kept = progress.chapters[chapter.name] ?? TourProgress.Entry()
    // A chapter that was finished begins again.
    beatIndex =
      progress.doneCount(of: chapter) == chapter.beats.count
      ? 0 : max(0, min(kept.beat, chapter.beats.count - 1))
  }

  package var beat: Beat { chapter.beats[beatIndex] }

  /// Whether the current beat was solved, now or in an earlier run.
  package var isSolved: Bool { progress.chapters[chapter.name]?.done.contains(beatIndex) ?? false }

  // MARK: Beats

  /// Begins with the current beat.
  package mutating func start(in session: inout Session?) -> [Effect] {
    enterBeat()
    return keepProgress() + openScene(&session)
  }

  private mutating func enterBeat() {
    (phase, input, feedback, hintsShown, page) = (.loading, .none, nil, 0, 0)
    (written, isRevealed, remindedLetters) = ("", false, [])
    (chosen, scenePlace, endPlace, judgedModel, judgedStep, asked) = (nil, nil, nil, nil, nil, .none)
    progress.chapters[chapter.name, default: TourProgress.Entry()].beat = beatIndex
    progress.current = chapter.name
  }

  /// Sets the scene of the beat from nothing.
  mutating func openScene(_ session: inout Session?, discardingCopy: Bool = false) -> [Effect] {
    guard let plan = chapter.plan(for: beatIndex) else {
      feedback = Feedback(.wrong, "No beat up to here names a model.")
      return []
    }
    var model = plan.model
    model.discardsCopy = discardingCopy
    defer { phase = .loading }
    return stopping(session) + [.openScene(model)]
  }

  /// The effects that end all work in the background.
  func stopping(_ session: Session?) -> [Effect] {
    let judge: [Effect] = if case .judging = phase { [.stopJudging] } else { [] }
    return judge + (session?.stopsEverything ?? [])
  }

  /// Continues after the application has opened the scene's model. `trace` is the text of the scene's trace, `kept` the folder of the copy
  /// that the learner has given up.
  package mutating func opened(
    _ session: inout Session?, trace: String?, kept: String? = nil
  ) -> [Effect] {
    guard let plan = chapter.plan(for: beatIndex) else { return [] }
    if let kept { say("This is the original again. Your version is kept in \(kept).") }
    if presents { session?.present(true, besideTour: true) }
    var effects = session?.update(.resize(sessionSize)) ?? []
    if let trace, let path = plan.model.trace {
      effects += session?.update(.fileOpened(path: path, contents: trace)) ?? []
    }
    return effects + play(plan.lines, in: &session)
  }

  /// The scene's model could not be loaded. The scene stays to be set: nothing is judged in the session of another one.
  package mutating func refuseScene(_ problem: String) { feedback = Feedback(.wrong, "\(problem)") }

  private mutating func play(_ lines: [TourText], in session: inout Session?) -> [Effect] {
    phase = .setting
    return (session?.obey(lines.map(\.text)) ?? []) + follow(&session)
  }

  /// Goes to another beat. If the beat before it was left solved, the session goes on from there.
  private mutating func go(to index: Int, _ session: inout Session?) -> [Effect] {
    let isNext = index == beatIndex + 1
    let end = isNext ? endPlace : nil
    beatIndex = index
    enterBeat()
    let saving = keepProgress()
    guard !chapter.begins(at: index), let end, session?.goBack(to: end) ?? false else {
      return saving + openScene(&session)
    }
    return saving + play(beat.scene.lines, in: &session)
  }

  /// The key that goes on: a page, or to the next beat. A beat that is not solved is skipped if the learner asks twice.
  mutating func next(_ session: inout Session?) -> [Effect] {
    if !isFolded, page < lastPage { page += 1; return [] }
    if presents, !isRevealed, let effects = reveal(&session) { return effects }
    if !presents, !isSolved, beat.task != nil, asked != .skip {
      asked = .skip
      let hint: TourWords = beat.hints.isEmpty ? "" : ", \(key(.tourHint)) gives a hint"
      say("This is not solved yet. \(key(.tourNext)) again skips it\(hint).")
      return []
    }
    if beat.task == nil { markDone(at: session?.place) }
    guard beatIndex + 1 < chapter.beats.count else {
      return keepProgress() + stopping(session) + [.leaveChapter]
    }
    return go(to: beatIndex + 1, &session)
  }

  mutating func back(_ session: inout Session?) -> [Effect] {
    if !isFolded, page > 0 { page -= 1; return [] }
    return beatIndex > 0 ? go(to: beatIndex - 1, &session) : []
  }

  /// Comes back to the scene: to where it was set if that is still there, else it is set again.
  mutating func returnToScene(_ session: inout Session?) -> [Effect] {
    (input, feedback, chosen, judgedStep, asked) = (.none, nil, nil, nil, .none)
    page = 0
    guard case .open = phase, let scenePlace, session?.goBack(to: scenePlace) ?? false else {
      return openScene(&session)
    }
    showScene(&session)
    return []
  }

  /// Takes the original specification again, in place of the learner's copy, if the learner asks twice.
  mutating func takeOriginal(_ session: inout Session?) -> [Effect] {
    guard case .mend = beat.task else {
      say("Here you have no copy of the spec. \(key(.tourScene)) comes back to the scene.")
      return []
    }
    guard asked == .original else {
      asked = .original
      say("\(key(.tourOriginal)) again restores the original spec. Your version is kept.")
      return []
    }
    enterBeat()
    return openScene(&session, discardingCopy: true)
  }

  mutating func showHint() {
    guard !beat.hints.isEmpty else {
      say("This beat has no hints.")
      return
    }
    hintsShown = min(hintsShown + 1, beat.hints.count)
    showFeedback()
  }

  /// Marks the beat as solved. The next one goes on from `end`.
  mutating func solve(at end: Place?, saying words: TourWords) -> [Effect] {
    markDone(at: end)
    feedback = Feedback(.right, words)
    asked = .none
    showFeedback()
    return keepProgress()
  }

  private mutating func markDone(at end: Place?) {
    progress.chapters[chapter.name, default: TourProgress.Entry()].done.insert(beatIndex)
    endPlace = end
  }

  func keepProgress() -> [Effect] {
    progressPath.map { [.save(path: $0, piece: FilePiece(progress.text), replaces: true)] } ?? []
  }

  /// Whether an event is about the progress file, which is not the session's concern.
  func concernsProgress(_ event: Event) -> Bool {
    switch event {
    case .fileSaved(let path, _), .fileFailed(let path, _), .fileExists(let path): path == progressPath
    default: false
    }
  }

  /// Focuses and selects what the scene names.
  private mutating func showScene(_ session: inout Session?) {
    session?.show(beat.scene)
    session?.clearForTour()
    session?.hideEffects(asksForPrediction)
  }

  /// Whether the learner has to predict the next steps, which Actions would reveal.
  private var asksForPrediction: Bool {
    if case .choose(let task) = beat.task { !task.then.isEmpty && !isSolved && chosen == nil } else { false }
  }

  // MARK: After an event

  /// Does the work that has become due in the session.
  mutating func follow(_ session: inout Session?) -> [Effect] {
    switch phase {
    case .loading, .judging: return []
    case .setting:
      guard let now = session, !now.isObeying else { return [] }
      phase = .open
      if let refused = now.refusedLine {
        feedback = Feedback(.wrong, "The scene could not be set: \(refused.reason)")
      }
      showScene(&session)
      scenePlace = session?.place
      if beat.task == nil { endPlace = scenePlace }
      // A copy that was edited before is judged at once.
      judgedModel = session.flatMap { $0.specification.hasTexts(of: original) ? $0.model : nil }
      return session.map { judge($0) } ?? []
    case .answering(let option):
      guard let session, !session.isObeying else { return [] }
      if let refused = session.refusedLine {
        phase = .open
        feedback = Feedback(.wrong, "This could not be shown: \(refused.reason)")
        showFeedback()
        return []
      }
      return judge(option: option, in: session)
    case .open: return session.map { judge($0) } ?? []
    }
  }

  /// Shows the end of the tour's text.
  mutating func showFeedback() {
    isFolded = false
    page = lastPage
  }

  func key(_ action: BoxAction) -> String { bindings.key(.box(action), in: .tour) }
}
