internal import Dispatch
package import StateSpace
import Synchronization
internal import TLASyntax
package import Traces
package import Workbench

/// Carries out the effects that take time, outside the loop's thread. The answers arrive in the loop's mailbox.
package final class EffectRunner: Sendable {
  /// Runs a check as `Checker` does, in the calling thread. Its stack may take `stackBytes`.
  package typealias Check =
    @Sendable (
      _ options: CheckOptions, _ stackBytes: Int, _ progress: @escaping (CheckProgress) -> Bool,
      _ onViolation: @escaping (Violation) -> Void
    ) throws -> CheckResult

  /// Runs a search in the calling thread. Its stack may take `stackBytes`.
  package typealias Search =
    @Sendable (
      _ task: SearchTask, _ options: CheckOptions, _ stackBytes: Int,
      _ progress: @escaping (CheckProgress) -> Bool
    ) throws -> SearchOutcome

  /// Evaluates expressions in the calling thread, as long as `goesOn` returns true.
  package typealias Evaluation =
    @Sendable (
      _ task: EvaluationTask, _ stackBytes: Int, _ goesOn: @escaping () -> Bool, _ onPlace: (Int) -> Void
    ) throws -> [EvaluationOutcome]

  /// Reads and judges a log in the calling thread. Its stack may take `stackBytes`.
  package typealias LogJudge =
    @Sendable (
      _ task: LogTask, _ stackBytes: Int, _ progress: @escaping (CheckProgress) -> Bool
    ) throws -> JudgedLog

  /// The shortest time between two progress reports of one check.
  static let progressInterval = Duration.milliseconds(100)

  /// The time between two attempts to write waiting text.
  static let retryInterval = DispatchTimeInterval.seconds(2)
  /// The size of the checker's stack. The system may grant less.
  static let checkerStack = 512 << 20
  /// The part of the stack that is reserved for the code around an evaluation.
  static let stackReserve = 2 << 20

  private let mailbox: Mailbox
  /// A serial queue: of two saves, the later one stays.
  private let files = DispatchQueue(label: "synscope.files")
  /// The files that `append` has opened.
  private let growing = Mutex<[String: GrowingFile]>([:])
  /// The files that `save` has begun and not finished.
  private let unfinished = Mutex<[String: Transfer<NewFile>]>([:])
  /// The request to the running check.
  private let current = Mutex<WorkRequest?>(nil)

  /// The request to the running search.
  private let currentSearch = Mutex<WorkRequest?>(nil)
  /// The request to the running evaluation.
  private let currentEvaluation = Mutex<WorkRequest?>(nil)
  /// The request to the thread that judges a log.
  private let currentLog = Mutex<WorkRequest?>(nil)
  /// The request to the running judge.
  private let currentJudge = Mutex<WorkRequest?>(nil)

  package init(mailbox: Mailbox) { self.mailbox = mailbox }

  /// Writes the next piece of a file. The file gets its name with the last piece.
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
        mailbox.post(
          ending == .exists ? .fileExists(path: path) : .fileSaved(path: path, size: file.size))
      } catch {
        unfinished.withLock { $0[path] = nil }
        mailbox.post(.fileFailed(path: path, reason: error.reason))
      }
    }
  }

  /// Discards an unfinished file.
  func abandonSave(_ path: String) {
    files.async { [self] in unfinished.withLock { $0[path] = nil } }
  }

  /// Appends to a file that stays open. The text is forced to the disk soon after. If it cannot be written, the write is retried.
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

  /// Retries from time to time until the waiting text is written.
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

  /// Starts work in a thread of its own and asks the work that ran before it to stop. `work` gets its request and the stack that it may use.
  /// False if the system grants no thread.
  private static func start(
    in slot: borrowing Mutex<WorkRequest?>,
    _ work: @escaping @Sendable (WorkRequest, _ stackBytes: Int) -> Void
  ) -> Bool {
    let request = WorkRequest()
    slot.withLock { current in
      current?.stop()
      current = request
    }
    return DeepStack.start(bytes: checkerStack) { bytes in
      Signals.withAlternateStack { work(request, bytes - stackReserve) }
    }
  }

  /// Starts a check and asks a running check to stop. Reports carry the number of their run, so the two cannot be confused.
  func startCheck(run: Int, options: CheckOptions, check: @escaping Check) {
    let mailbox = mailbox
    let started = EffectRunner.start(in: current) { request, stackBytes in
      EffectRunner.run(check, run: run, options, stackBytes: stackBytes, request, mailbox)
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

  /// Starts a search, which runs beside the check, and asks a running search to stop. Reports carry the number of their run.
  func startSearch(run: Int, task: SearchTask, options: CheckOptions, search: @escaping Search) {
    let mailbox = mailbox
    let started = EffectRunner.start(in: currentSearch) { request, stackBytes in
      var lastNews: ContinuousClock.Instant?
      do {
        let outcome = try search(task, options, stackBytes) { progress in
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
    if !started {
      mailbox.post(.searchFailed(run: run, message: "the system grants no thread for the search"))
    }
  }

  /// Starts an evaluation and asks a running evaluation to stop. Reports carry the number of their run.
  func startEvaluation(run: Int, task: EvaluationTask, evaluation: @escaping Evaluation) {
    let mailbox = mailbox
    let started = EffectRunner.start(in: currentEvaluation) { request, stackBytes in
      var lastNews = ContinuousClock.now
      do {
        let outcomes = try evaluation(task, stackBytes, request.goesOn) { done in
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
    if !started {
      mailbox.post(.evaluated(run: run, .failed("the system grants no thread for the evaluation")))
    }
  }

  /// Judges an answer in the tour, and asks a running judge to stop. Reports carry the number of their run.
  func startJudging(run: Int, task: JudgeTask) {
    let mailbox = mailbox
    let started = EffectRunner.start(in: currentJudge) { request, stackBytes in
      let verdict = Judge(task, stackBytes: stackBytes, goesOn: request.goesOn).verdict()
      mailbox.post(.judged(run: run, verdict))
    }
    if !started {
      mailbox.post(.judged(run: run, .failed("the system grants no thread for the judge")))
    }
  }

  /// Judges a log, and asks a running judge of another one to stop. Reports carry the number of their run.
  func judgeLog(run: Int, task: LogTask, judge: @escaping LogJudge) {
    let mailbox = mailbox
    let started = EffectRunner.start(in: currentLog) { request, stackBytes in
      var lastNews: ContinuousClock.Instant?
      do {
        let judged = try judge(task, stackBytes) { progress in
          let now = ContinuousClock.now
          if lastNews.map({ now - $0 >= EffectRunner.progressInterval }) ?? true {
            lastNews = now
            mailbox.post(.logProgress(run: run, progress))
          }
          return request.goesOn()
        }
        if request.goesOn() { mailbox.post(.logJudged(run: run, judged)) }
      } catch {
        mailbox.post(.logFailed(run: run, EffectRunner.message(of: error)))
      }
    }
    if !started { mailbox.post(.logFailed(run: run, "the system grants no thread for the log")) }
  }

  func stopLog() { currentLog.withLock { $0?.stop() } }

  func stopJudging() { currentJudge.withLock { $0?.stop() } }

  func stopEvaluation() { currentEvaluation.withLock { $0?.stop() } }

  func stopSearch() { currentSearch.withLock { $0?.stop() } }

  /// Stops the check, the search, the evaluation and the judges, and waits until the pending writes to files are done.
  func finish() {
    stopCheck()
    stopSearch()
    stopEvaluation()
    stopJudging()
    stopLog()
    files.sync {
      for file in growing.withLock({ Array($0.values) }) {
        try? file.retry()
        try? file.synchronize()
      }
      unfinished.withLock { $0 = [:] }
    }
  }

  /// Hands a value from one block on the file queue to the next. Only that queue touches the value, hence `@unchecked Sendable`.
  private struct Transfer<Value>: @unchecked Sendable {
    let value: Value
    init(_ value: Value) { self.value = value }
  }

  /// An error in one line or a few: the message, the place and a hint.
  static func message(of error: any Error) -> String {
    switch error {
    case let diagnostics as Diagnostics: diagnostics.all.map(message).joined(separator: "\n")
    case let diagnostic as Diagnostic: message(of: diagnostic)
    case let failure as EvaluationFailure: failure.message + place(failure.span)
    case let problems as LogProblems: problems.all.map(\.description).joined(separator: "\n")
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
