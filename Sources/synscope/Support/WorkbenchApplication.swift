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
  private let loader: ModelLoader
  private var size: Size?
  /// The files that are being watched.
  private var watched: [String] = []
  /// The bytes of the files when they were last refused. The same bytes are not tried again.
  private var refused: [String: [UInt8]] = [:]

  init(session: Session, loader: ModelLoader) {
    self.session = session
    self.loader = loader
  }

  init(start: StartScreen, loader: ModelLoader) {
    self.start = start
    self.loader = loader
  }

  init(configuring screen: ConfigurationScreen, loader: ModelLoader) {
    configuring = screen
    self.loader = loader
  }

  var specification: Specification? { session?.specification }

  mutating func handle(_ event: Event) -> [Effect] {
    if case .resize(let size) = event { self.size = size }
    if session != nil { return updateSession(event) }
    if configuring != nil { return configure(event) }
    switch start?.update(event) ?? .stay {
    case .stay: return []
    case .effect(let effect): return [effect]
    case .open(let name): return open(name, restoring: nil)
    case .restore(let left): return open(left.model, restoring: left)
    case .delete(let left): return [.remove(path: left.path)]
    }
  }

  func view(_ size: Size) -> Grid {
    session?.view(size: size) ?? configuring?.view(size) ?? start?.view(size) ?? Grid(size: size)
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
    let effects = session?.update(event) ?? []
    return effects.flatMap { carryOut($0) } + watchEffects()
  }

  // MARK: New versions

  private mutating func carryOut(_ effect: Effect) -> [Effect] {
    if case .openLeft(let left) = effect { return open(left.model, restoring: left) }
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
      return session?.adopt(fresh, constants: constants, startsOver: startsOver) ?? []
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
