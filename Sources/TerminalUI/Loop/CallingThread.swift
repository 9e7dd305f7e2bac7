internal import StateSpace
package import Workbench

/// Carries out what a session asks for in the calling thread, until it asks for nothing more. For commands that need no terminal.
package struct CallingThread {
  /// The stack that an evaluation may use.
  private let stackBytes: Int
  /// Loads the session's model again with other constants; an error in words if it cannot be loaded.
  private let reload: (_ model: String, _ constants: [String]) -> Result<SessionModel, StartScreen.Problem>

  /// Reads and judges logs; nil if that is not possible.
  private let logJudge: EffectRunner.LogJudge?

  package init(
    stackBytes: Int, logJudge: EffectRunner.LogJudge? = nil,
    reload: @escaping (_ model: String, _ constants: [String]) -> Result<SessionModel, StartScreen.Problem>
  ) {
    self.stackBytes = stackBytes
    self.logJudge = logJudge
    self.reload = reload
  }

  /// Files are read, but none is written, and nothing is edited.
  package func carryOut(_ effects: [Effect], for session: inout Session) {
    var waiting = effects[...]
    while let effect = waiting.popFirst() {
      if case .reload(let constants, let startsOver) = effect {
        waiting += adopt(constants, startsOver, in: &session)
      }
      if case .openModel(let name) = effect { session.refuse("\(name) cannot be opened here") }
      if case .openBeside(let name, let constants) = effect {
        putBeside(name, constants, session: &session)
      }
      for event in events(of: effect, session) { waiting += session.update(event) }
    }
  }

  private func putBeside(_ name: String, _ constants: [String], session: inout Session) {
    switch reload(name, constants) {
    case .success(let model): session.putBeside(model, constants: constants)
    case .failure(let problem): session.refuse(problem.message)
    }
  }

  private func adopt(_ constants: [String], _ startsOver: Bool, in session: inout Session) -> [Effect] {
    switch reload(session.model.name, constants) {
    case .success(let model): return session.adopt(model, constants: constants, startsOver: startsOver)
    case .failure(let problem):
      session.refuseModel(problem.message)
      return []
    }
  }

  /// The events that answer an effect.
  private func events(of effect: Effect, _ session: Session) -> [Event] {
    let specification = session.specification
    switch effect {
    case .wake: return [.tick]
    case .wakeMotion(let number, _): return [.motionTick(number: number)]
    case .open(let path):
      do throws(FileStore.Failure) {
        return [.fileOpened(path: path, contents: try FileStore.open(path))]
      } catch { return [.fileFailed(path: path, reason: error.reason)] }
    case .startCheck(let run, let options):
      var found: [Event] = []
      do {
        let result = try check(of: specification)(options, stackBytes, { _ in true }) {
          found.append(.checkFound(run: run, $0))
        }
        return found + [.checkEnded(run: run, result)]
      } catch { return [.checkFailed(run: run, message: EffectRunner.message(of: error))] }
    case .startSearch(let run, let task, let options):
      do {
        return [
          .searchEnded(run: run, try search(in: specification)(task, options, stackBytes, { _ in true }))
        ]
      } catch { return [.searchFailed(run: run, message: EffectRunner.message(of: error))] }
    case .startEvaluation(let run, let task):
      do {
        let outcomes = try evaluation(in: specification)(task, stackBytes, { true }, { _ in })
        return [.evaluated(run: run, .outcomes(outcomes))]
      } catch { return [.evaluated(run: run, .failed(EffectRunner.message(of: error)))] }
    case .judgeLog(let run, let task):
      guard let logJudge else { return [.logFailed(run: run, "no log can be judged here")] }
      do { return [.logJudged(run: run, try logJudge(task, stackBytes) { _ in true })] } catch {
        return [.logFailed(run: run, EffectRunner.message(of: error))]
      }
    default: return []
    }
  }
}
