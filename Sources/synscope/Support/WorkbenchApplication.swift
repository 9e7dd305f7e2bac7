import StateSpace
import TLASemantics
import TLASyntax
import TerminalUI
import Workbench

/// The application on the terminal: the start screen until the user chooses a model, then a session of it. It loads the model at the start
/// and whenever the session asks for a new version.
struct WorkbenchApplication: TerminalApplication {
  private var start: StartScreen?
  private var session: Session?
  /// The question for a configuration, while the model has none.
  private var configuring: ConfigurationScreen?
  /// The list of the tour's chapters, and the chapter that stands beside the session.
  private var chapters: ChapterList?
  private var tour: Tour?
  /// Whether the tour is shown to a class.
  private var presents = false
  /// The first size starts the tour.
  private var isTourToStart = false
  /// The commands to carry out at the start.
  private var commands: [String] = []
  private let tourFiles = TourFiles()
  private let loader: ModelLoader
  /// Reads and judges logs.
  let logJudge: EffectRunner.LogJudge?
  private var size: Size?
  /// The files that are being watched.
  private var watched: [String] = []
  /// The bytes of the files when they were last refused. The same bytes are not tried again.
  private var refused: [String: [UInt8]] = [:]

  /// `commands` are carried out at the start, as typed after `:`.
  init(
    session: Session, commands: [String] = [], loader: ModelLoader, logJudge: EffectRunner.LogJudge? = nil
  ) {
    self.logJudge = logJudge ?? LogJudging.judge(loader.options)
    self.session = session
    self.commands = commands
    self.loader = loader
  }

  init(start: StartScreen, loader: ModelLoader) {
    logJudge = LogJudging.judge(loader.options)
    self.start = start
    self.loader = loader
  }

  init(configuring screen: ConfigurationScreen, loader: ModelLoader) {
    logJudge = LogJudging.judge(loader.options)
    configuring = screen
    self.loader = loader
  }

  /// The tour: its list, or at once one of its chapters.
  init(tour chapter: Chapter?, presents: Bool = false, loader: ModelLoader) {
    logJudge = LogJudging.judge(loader.options)
    self.loader = loader
    self.presents = presents
    openChapters()
    if let chapter {
      tour = newTour(chapter)
      isTourToStart = true
    }
  }

  var specification: Specification? { session?.specification }

  mutating func handle(_ event: Event) -> [Effect] {
    if case .resize(let size) = event { self.size = size }
    if tour != nil, case .resize(let size) = event, isTourToStart {
      isTourToStart = false
      return updateSession(.resize(size)) + startTour()
    }
    if case .resize = event, !commands.isEmpty {
      let lines = commands
      commands = []
      let effects = updateSession(event) + (session?.obey(lines) ?? []).flatMap { carryOut($0) }
      return effects + watchEffects()
    }
    if tour != nil || session != nil { return updateSession(event) }
    if chapters != nil { return choose(event) }
    if configuring != nil { return configure(event) }
    switch start?.update(event) ?? .stay {
    case .stay: return []
    case .effect(let effect): return [effect]
    case .open(let name): return open(name, restoring: nil)
    case .tour:
      openChapters()
      return []
    case .restore(let left): return open(left.model, restoring: left)
    case .delete(let left): return [.remove(path: left.path)]
    }
  }

  func view(_ size: Size) -> Grid {
    if let tour { return tour.view(size, session) }
    return session?.view(size: size) ?? chapters?.view(size) ?? configuring?.view(size) ?? start?.view(size)
      ?? Grid(size: size)
  }

  private mutating func configure(_ event: Event) -> [Effect] {
    switch configuring?.update(event) ?? .stay {
    case .stay: return []
    case .effect(let effect): return [effect]
    case .leave:
      configuring = nil
      return start == nil ? [.quit] : []
    case .open(let name):
      let effects = open(name, restoring: nil)
      if session != nil { configuring = nil }
      return effects
    }
  }

  private mutating func open(_ name: String, restoring left: LeftSession?) -> [Effect] {
    switch loader.open(name, constants: left?.constants, offersLeft: left == nil) {
    case .failure(let problem):
      // A running session stays.
      if session != nil {
        session?.refuse(problem.message)
      } else if configuring != nil {
        configuring?.problem = problem.message
      } else if let proposal = problem.proposal {
        configuring = ConfigurationScreen(proposal, model: name, path: loader.configurationPath(of: name))
      } else {
        start?.problem = problem.message
      }
      return []
    case .success(var opened):
      if let left { opened.offer([left]) }
      session = opened
      let effects = size.map { updateSession(.resize($0)) } ?? []
      return left.map { effects + restore($0) } ?? effects
    }
  }

  private mutating func restore(_ left: LeftSession) -> [Effect] {
    let effects = session?.restore(left) ?? []
    return effects.flatMap { carryOut($0) } + watchEffects()
  }

  private mutating func updateSession(_ event: Event) -> [Effect] {
    var event = event
    if case .filesChanged(let paths) = event {
      let changed = paths.filter(hasNews)
      guard !changed.isEmpty else { return [] }
      event = .filesChanged(changed)
    }
    let effects = tour?.update(event, in: &session) ?? session?.update(event) ?? []
    return effects.flatMap { carryOut($0) } + watchEffects()
  }

  // MARK: The tour

  private mutating func openChapters() {
    var list = ChapterList(
      TourFiles.entries, progress: tourFiles.progress, bindings: KeyBindings(loader.settings.keys))
    if let size { _ = list.update(.resize(size)) }
    chapters = list
  }

  private func newTour(_ chapter: Chapter) -> Tour {
    Tour(
      chapter, progress: chapters?.progress ?? tourFiles.progress, progressPath: tourFiles.progressPath,
      bindings: KeyBindings(loader.settings.keys), presents: presents)
  }

  private mutating func choose(_ event: Event) -> [Effect] {
    switch chapters?.update(event) ?? .stay {
    case .stay: return []
    case .effect(let effect): return [effect]
    case .leave:
      chapters = nil
      return start == nil ? [.quit] : []
    case .open(let chapter):
      tour = newTour(chapter)
      return (size.map { updateSession(.resize($0)) } ?? []) + startTour()
    }
  }

  private mutating func startTour() -> [Effect] {
    tourFiles.prepare()
    let effects = tour?.start(in: &session) ?? []
    return effects.flatMap { carryOut($0) } + watchEffects()
  }

  private mutating func openScene(_ scene: SceneModel) -> [Effect] {
    let scenes = SceneLoader(loader: loader, folder: tourFiles.folder, replacesBrokenCopy: true)
    switch scenes.open(scene) {
    case .failure(let problem):
      tour?.refuseScene(problem.message)
      return []
    case .success(let opened):
      session = opened.session
      tour?.original = opened.original
      let effects = tour?.opened(&session, trace: opened.trace, kept: opened.kept) ?? []
      return effects.flatMap { carryOut($0) }
    }
  }

  private mutating func leaveChapter() {
    guard let tour else { return }
    if chapters == nil { openChapters() }
    chapters?.progress = tour.progress
    chapters?.select(after: tour.chapter)
    if let size { _ = chapters?.update(.resize(size)) }
    self.tour = nil
    session = nil
  }

  // MARK: Other models

  /// Opens another model in place of the session's own.
  private mutating func change(to name: String) -> [Effect] {
    guard tour == nil else {
      session?.refuse("In the tour, each beat brings its model. Leave the chapter to open another one.")
      return []
    }
    switch loader.openAny(name, constants: session?.options.constants ?? []) {
    case .failure(let problem):
      session?.refuse(problem.message)
      return []
    case .success(var opened):
      let leaving = session?.leavingEffects() ?? []
      if let session { opened.takeOver(from: session) }
      session = opened
      return leaving + (size.map { updateSession(.resize($0)) } ?? [])
    }
  }

  private mutating func putBeside(_ name: String, _ constants: [String]) -> [Effect] {
    switch loader.loadAny(name, constants: constants, otherwise: session?.options.constants ?? []) {
    case .failure(let problem): session?.refuse(problem.message)
    case .success(let model): session?.putBeside(model, constants: constants)
    }
    return []
  }

  // MARK: New versions

  private mutating func carryOut(_ effect: Effect) -> [Effect] {
    if case .openLeft(let left) = effect { return open(left.model, restoring: left) }
    if case .openModel(let name) = effect { return change(to: name) }
    if case .openBeside(let name, let constants) = effect { return putBeside(name, constants) }
    if case .openScene(let scene) = effect { return openScene(scene) }
    if case .leaveChapter = effect {
      leaveChapter()
      return []
    }
    guard case .reload(let constants, let startsOver) = effect, let former = session?.model else {
      return [effect]
    }
    switch loader.load(former.name, constants: constants) {
    case .failure(let problem):
      for path in watched { refused[path] = loader.contents(of: path) }
      session?.refuseModel(problem.message)
      return []
    case .success(let fresh):
      refused = [:]
      if fresh.digest == former.digest, fresh.structure == former.structure, !startsOver {
        session?.keepModel()
        return []
      }
      let effects = session?.adopt(fresh, constants: constants, startsOver: startsOver) ?? []
      return effects + (tour?.modelChanged(in: &session) ?? [])
    }
  }

  /// Whether a file has content that was not tried yet.
  private func hasNews(_ path: String) -> Bool {
    let contents = loader.contents(of: path)
    if let contents, contents == refused[path] { return false }
    return contents != files.first { $0.name == path }?.bytes
  }

  private var files: [SourceFile] {
    guard let specification else { return [] }
    return specification.files + [specification.configuration.file].compactMap { $0 }
  }

  /// The effect to watch the files of the model, if they are not the watched ones.
  private mutating func watchEffects() -> [Effect] {
    let paths = files.map(\.name).filter { !$0.hasPrefix("<") }
    guard paths != watched else { return [] }
    watched = paths
    return [.watchFiles(paths)]
  }
}
