internal import Dispatch
package import StateSpace
import Synchronization
internal import TLASyntax
package import Workbench

/// Carries out effects that take time, beside the loop; the answers come through its mailbox.
package final class EffectRunner: Sendable {
  /// Runs a check as `Checker` does, in the thread that it is called in, whose stack may take `stackBytes`.
  package typealias Check =
    @Sendable (
      _ options: CheckOptions, _ stackBytes: Int, _ progress: @escaping (CheckProgress) -> Bool,
      _ onViolation: @escaping (Violation) -> Void
    ) throws -> CheckResult

  /// Runs a search in the thread that it is called in, whose stack may take `stackBytes`.
  package typealias Search =
    @Sendable (
      _ task: SearchTask, _ options: CheckOptions, _ stackBytes: Int,
      _ progress: @escaping (CheckProgress) -> Bool
    ) throws -> SearchOutcome

  /// Evaluates expressions in the thread that it is called in, as long as `goesOn` says so.
  package typealias Evaluation =
    @Sendable (
      _ task: EvaluationTask, _ stackBytes: Int, _ goesOn: @escaping () -> Bool, _ onPlace: (Int) -> Void
    ) throws -> [EvaluationOutcome]

  /// The least time between two pieces of news of one check.
  static let progressInterval = Duration.milliseconds(100)

  /// The time between two attempts to write what waits.
  static let retryInterval = DispatchTimeInterval.seconds(2)
  /// The checker's stack; the system may grant less of it.
  static let checkerStack = 512 << 20
  /// What surrounds an evaluation needs of the stack.
  static let stackReserve = 2 << 20

  private let mailbox: Mailbox
  /// One after the other, so that of two saves the later one stays.
  private let files = DispatchQueue(label: "synscope.files")
  /// What `append` has opened.
  private let growing = Mutex<[String: GrowingFile]>([:])
  /// What `save` has begun.
  private let unfinished = Mutex<[String: Transfer<NewFile>]>([:])
  /// What is asked of the running check.
  private let current = Mutex<WorkRequest?>(nil)

  /// What is asked of the running search.
  private let currentSearch = Mutex<WorkRequest?>(nil)
  /// What is asked of the running evaluation.
  private let currentEvaluation = Mutex<WorkRequest?>(nil)

  package init(mailbox: Mailbox) { self.mailbox = mailbox }

  /// Writes the next piece of a file, which gets its name with the last one.
  func save(_ piece: FilePiece, to path: String, replaces: Bool) {
    files.async { [self] in
      do throws(FileStore.Failure) {
        if piece.isFirst {
          if !replaces, FileStore.exists(path) { return mailbox.post(.fileExists(path: path)) }
          unfinished.withLock { $0[path] = nil }
          let file = try NewFile(at: path, replaces: replaces)
          unfinished.withLock { [file = Transfer(file)] in $0[path] = file }
        }
        guard let file = unfinished.withLock({ $0[path] })?.value else { return }
        try file.write(piece.text)
        guard piece.isLast else { return mailbox.post(.filePieceSaved(path: path)) }
        let ending = try file.finish()
        unfinished.withLock { $0[path] = nil }
        mailbox.post(ending == .exists ? .fileExists(path: path) : .fileSaved(path: path))
      } catch {
        unfinished.withLock { $0[path] = nil }
        mailbox.post(.fileFailed(path: path, reason: error.reason))
      }
    }
  }

  /// Takes back what was written of a file that is not whole.
  func abandonSave(_ path: String) {
    files.async { [self] in unfinished.withLock { $0[path] = nil } }
  }

  /// Appends to a file that stays open. It reaches the disk itself soon after, and what cannot be written is tried again.
  func append(_ text: String, to path: String, replacing replaced: String?) {
    files.async { [self] in
      let file = growing.withLock { files in
        let file = files[path] ?? GrowingFile(path)
        files[path] = file
        return file
      }
      let wasBehind = file.isBehind
      do throws(FileStore.Failure) {
        try file.append(text, replacing: replaced)
        synchronizeLater(file)
        if wasBehind { mailbox.post(.fileGoesOn(path: path)) }
      } catch {
        guard !wasBehind else { return }
        mailbox.post(.fileFailed(path: path, reason: error.reason))
        retryLater(file, path)
      }
    }
  }

  private func synchronizeLater(_ file: GrowingFile) {
    files.asyncAfter(deadline: .now() + .milliseconds(500)) { try? file.synchronize() }
  }

  /// Tries from time to time to write what waits.
  private func retryLater(_ file: GrowingFile, _ path: String) {
    files.asyncAfter(deadline: .now() + EffectRunner.retryInterval) { [self] in
      guard growing.withLock({ $0[path] === file }), file.isBehind else { return }
      do throws(FileStore.Failure) {
        try file.retry()
        mailbox.post(.fileGoesOn(path: path))
      } catch { retryLater(file, path) }
    }
  }

  func closeGrowing(_ path: String) {
    files.async { [self] in _ = growing.withLock { $0.removeValue(forKey: path) } }
  }

  func remove(_ path: String) {
    files.async { [self] in
      _ = growing.withLock { $0.removeValue(forKey: path) }
      FileStore.remove(path)
    }
  }

  func open(_ path: String) {
    files.async { [mailbox] in
      do throws(FileStore.Failure) {
        mailbox.post(.fileOpened(path: path, contents: try FileStore.open(path)))
      } catch {
        mailbox.post(.fileFailed(path: path, reason: error.reason))
      }
    }
  }

  func listFiles(_ path: String) {
    files.async { [mailbox] in
      mailbox.post(.filesListed(path: path, names: FileStore.names(completing: path)))
    }
  }

  /// Starts a check; one that is running is asked to stop first (its news carry its own number).
  func startCheck(run: Int, options: CheckOptions, check: @escaping Check) {
    let request = WorkRequest()
    current.withLock { current in
      current?.stop()
      current = request
    }
    let mailbox = mailbox
    let started = DeepStack.start(bytes: EffectRunner.checkerStack) { bytes in
      Signals.withAlternateStack {
        EffectRunner.run(
          check, run: run, options, stackBytes: bytes - EffectRunner.stackReserve, request, mailbox)
      }
    }
    if !started {
      mailbox.post(.checkFailed(run: run, message: "the system grants no thread for the checker"))
    }
  }

  private static func run(
    _ check: Check, run: Int, _ options: CheckOptions, stackBytes: Int, _ request: WorkRequest,
    _ mailbox: Mailbox
  ) {
    var lastNews: ContinuousClock.Instant?
    do {
      let result = try check(options, stackBytes) { progress in
        let now = ContinuousClock.now
        if lastNews.map({ now - $0 >= EffectRunner.progressInterval }) ?? true {
          lastNews = now
          mailbox.post(.checkProgress(run: run, progress))
        }
        return request.goesOn()
      } _: { violation in
        mailbox.post(.checkFound(run: run, violation))
      }
      mailbox.post(.checkEnded(run: run, result))
    } catch {
      mailbox.post(.checkFailed(run: run, message: EffectRunner.message(of: error)))
    }
  }

  func stopCheck() { current.withLock { $0?.stop() } }

  func pauseCheck() { current.withLock { $0?.pause() } }

  func resumeCheck() { current.withLock { $0?.resume() } }

  /// Starts a search beside the check; one that is running is asked to stop first (its news carry its own number).
  func startSearch(run: Int, task: SearchTask, options: CheckOptions, search: @escaping Search) {
    let request = WorkRequest()
    currentSearch.withLock { current in
      current?.stop()
      current = request
    }
    let mailbox = mailbox
    let started = DeepStack.start(bytes: EffectRunner.checkerStack) { bytes in
      Signals.withAlternateStack {
        var lastNews: ContinuousClock.Instant?
        do {
          let outcome = try search(task, options, bytes - EffectRunner.stackReserve) { progress in
            let now = ContinuousClock.now
            if lastNews.map({ now - $0 >= EffectRunner.progressInterval }) ?? true {
              lastNews = now
              mailbox.post(.searchProgress(run: run, progress))
            }
            return request.goesOn()
          }
          mailbox.post(.searchEnded(run: run, outcome))
        } catch {
          mailbox.post(.searchFailed(run: run, message: EffectRunner.message(of: error)))
        }
      }
    }
    if !started {
      mailbox.post(.searchFailed(run: run, message: "the system grants no thread for the search"))
    }
  }

  /// Starts an evaluation; one that is running is asked to stop first (its news carry its own number).
  func startEvaluation(run: Int, task: EvaluationTask, evaluation: @escaping Evaluation) {
    let request = WorkRequest()
    currentEvaluation.withLock { current in
      current?.stop()
      current = request
    }
    let mailbox = mailbox
    let started = DeepStack.start(bytes: EffectRunner.checkerStack) { bytes in
      Signals.withAlternateStack {
        var lastNews = ContinuousClock.now
        do {
          let outcomes = try evaluation(task, bytes - EffectRunner.stackReserve, request.goesOn) { done in
            let now = ContinuousClock.now
            guard now - lastNews >= EffectRunner.progressInterval else { return }
            lastNews = now
            mailbox.post(.evaluationProgress(run: run, done: done))
          }
          mailbox.post(.evaluated(run: run, .outcomes(outcomes)))
        } catch let failure as EvaluationFailure where failure.kind == .stopped {
          mailbox.post(.evaluated(run: run, .stopped))
        } catch {
          mailbox.post(.evaluated(run: run, .failed(EffectRunner.message(of: error))))
        }
      }
    }
    if !started {
      mailbox.post(.evaluated(run: run, .failed("the system grants no thread for the evaluation")))
    }
  }

  func stopEvaluation() { currentEvaluation.withLock { $0?.stop() } }

  func stopSearch() { currentSearch.withLock { $0?.stop() } }

  /// Stops the check and the search, and waits until every file is written that was to be written.
  func finish() {
    stopCheck()
    stopSearch()
    stopEvaluation()
    files.sync {
      for file in growing.withLock({ Array($0.values) }) {
        try? file.retry()
        try? file.synchronize()
      }
      unfinished.withLock { $0 = [:] }
    }
  }

  /// Hands what only the queue of files touches from one of its blocks to the next. Hence `@unchecked Sendable`.
  private struct Transfer<Value>: @unchecked Sendable {
    let value: Value
    init(_ value: Value) { self.value = value }
  }

  /// An error on one line or a few: message, place, and what helps.
  static func message(of error: any Error) -> String {
    switch error {
    case let diagnostics as Diagnostics: diagnostics.all.map(message).joined(separator: "\n")
    case let diagnostic as Diagnostic: message(of: diagnostic)
    case let failure as EvaluationFailure: failure.message + place(failure.span)
    default: String(describing: error)
    }
  }

  private static func message(of diagnostic: Diagnostic) -> String {
    diagnostic.message + place(diagnostic.span) + (diagnostic.hint.map { "; \($0)" } ?? "")
  }

  private static func place(_ span: SourceSpan?) -> String {
    span.map { " (\($0.file.name):\($0.startPosition.line):\($0.startPosition.column))" } ?? ""
  }
}
