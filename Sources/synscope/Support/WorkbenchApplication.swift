import TLASemantics
import TerminalUI
import Workbench

/// What runs on the terminal: the start screen until a model is chosen, then its session.
struct WorkbenchApplication: TerminalApplication {
  private var start: StartScreen?
  private var session: Session?
  private let open: (String) -> Result<Session, StartScreen.Problem>
  private var size: Size?

  init(session: Session) {
    self.session = session
    open = { _ in .failure(StartScreen.Problem("")) }
  }

  /// `open` loads the model that is chosen.
  init(start: StartScreen, open: @escaping (String) -> Result<Session, StartScreen.Problem>) {
    self.start = start
    self.open = open
  }

  var specification: Specification? { session?.specification }

  mutating func handle(_ event: Event) -> [Effect] {
    if case .resize(let size) = event { self.size = size }
    if session != nil { return session?.update(event) ?? [] }
    switch start?.update(event) ?? .stay {
    case .stay: return []
    case .effect(let effect): return [effect]
    case .open(let name):
      switch open(name) {
      case .failure(let problem): start?.problem = problem.message
      case .success(let opened):
        session = opened
        if let size { return session?.update(.resize(size)) ?? [] }
      }
      return []
    }
  }

  func view(_ size: Size) -> Grid { session?.view(size: size) ?? start?.view(size) ?? Grid(size: size) }
}
