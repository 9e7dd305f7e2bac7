import Glibc
import StateSpace
import Synchronization
import TLASyntax
import Testing
import Workbench

@testable import TerminalUI

@Suite("The event loop", .timeLimit(.minutes(10)))
struct EventLoopTests {
  private let screen = FakeScreen()

  /// The signals that the loop takes, set by a test.
  private final class SignalList {
    var next: [Int32] = []
    func take() -> [Int32] {
      defer { next = [] }
      return next
    }
  }
  private let signals = SignalList()

  private struct CheckStub {
    let run: EffectRunner.Check
    init(_ run: @escaping EffectRunner.Check) { self.run = run }
  }

  private func run(
    pipe: WakePipe? = WakePipe(), check: CheckStub? = nil,
    answer: @escaping (Event) -> [Effect] = { _ in [] }
  ) throws -> (ending: EventLoop<RecordingApplication>.Ending, events: [String]) {
    let pipe = try #require(pipe)
    let loop = EventLoop(
      application: RecordingApplication(answer: answer), screen: screen, mailbox: Mailbox(waking: pipe),
      pipe: pipe,
      takeSignals: signals.take, check: { _ in check?.run })
    return (loop.run(), loop.application.events)
  }

  /// Sends a signal as a handler does.
  private func send(_ signal: Int32..., through pipe: WakePipe) {
    signals.next += signal
    pipe.wake()
  }

  @Test("It draws at the start, and once for all keys that were typed meanwhile")
  func drawsOnce() throws {
    screen.script = [{ $0.type("abc") }, { $0.type("q") }]
    let result = try run()
    #expect(result.ending == .quit)
    #expect(result.events == ["20x2", "a", "b", "c", "q"])
    #expect(screen.drawn == ["20x2\n", "c\n"])
  }

  @Test("An Esc with nothing after it is the key")
  func loneEscape() throws {
    screen.script = [{ $0.type("\u{1B}") }, { _ in }, { $0.type("q") }]
    #expect(try run().events == ["20x2", "escape", "q"])
  }

  @Test("A wake-up arrives as a tick")
  func wakeUp() throws {
    screen.script = [{ $0.type("w") }]
    let result = try run { event in
      switch event {
      case .key: [.wake(afterMilliseconds: 3)]
      case .tick: [.quit]
      default: []
      }
    }
    #expect(result.events == ["20x2", "w", "tick"])
  }

  @Test("Several changes of size become one")
  func resize() throws {
    let pipe = try #require(WakePipe())
    screen.script = [
      { [self] screen in
        screen.sizeToMeasure = Size(width: 9, height: 1)
        send(SIGWINCH, SIGWINCH, through: pipe)
      }, { $0.type("q") },
    ]
    #expect(try run(pipe: pipe).events == ["20x2", "9x1", "q"])
    #expect(screen.drawn.last == "9x1")
    #expect(screen.invalidations == 1)
  }

  @Test(
    "The effect and the signal both stop the process, and then everything is drawn again",
    arguments: [true, false])
  func suspend(bySignal: Bool) throws {
    let pipe = try #require(WakePipe())
    screen.script = [
      { [self] screen in if bySignal { send(SIGTSTP, through: pipe) } else { screen.type("z") } },
      { $0.type("q") },
    ]
    let result = try run(pipe: pipe) { event in
      if case .key(.character("z")) = event { [.suspend] } else { [] }
    }
    #expect(screen.suspensions == 1)
    #expect(screen.invalidations == 1)
    #expect(result.events.filter { $0 == "20x2" }.count == 2)
  }

  @Test("After a stop without warning the terminal is set up again")
  func continued() throws {
    let pipe = try #require(WakePipe())
    screen.script = [{ [self] _ in send(SIGCONT, through: pipe) }, { $0.type("q") }]
    _ = try run(pipe: pipe)
    #expect(screen.resumptions == 1)
    #expect(screen.drawn.count == 2)
  }

  @Test("Signals that end a process end the loop", arguments: [SIGTERM, SIGHUP, SIGINT])
  func ending(signal: Int32) throws {
    let pipe = try #require(WakePipe())
    screen.script = [{ [self] _ in send(signal, through: pipe) }]
    #expect(try run(pipe: pipe).ending == .signal(signal))
  }

  @Test("Ctrl-C is a key; twice in a row, it ends the loop")
  func interrupt() throws {
    screen.script = [{ $0.type("\u{3}a\u{3}") }, { $0.type("\u{3}b") }]
    let result = try run()
    #expect(result.events == ["20x2", "control(\"c\")", "a", "control(\"c\")", "control(\"c\")"])
    #expect(result.ending == .signal(SIGINT))
  }

  @Test("A closed terminal ends the loop")
  func disconnected() throws {
    screen.script = [{ $0.hangUp() }]
    #expect(try run().ending == .disconnected)
  }

  @Test("A check that cannot run says why, with the place")
  func failingCheck() throws {
    let file = SourceFile(name: "m.tla", text: "a\nbc")
    let check = CheckStub { _, _, _, _ in
      throw Diagnostics([
        Diagnostic(
          .error, .unsupported, .unsupported, "no", at: SourceSpan(file: file, start: 3, end: 4), hint: "yes")
      ])
    }
    screen.script = [{ $0.type("c") }]
    let result = try run(check: check) { event in
      switch event {
      case .key: [.startCheck(run: 7, options: CheckOptions())]
      case .checkFailed: [.quit]
      default: []
      }
    }
    #expect(result.events.last == "failed 7: no (m.tla:2:2); yes")
  }

  @Test("A check runs beside the loop and stops on request")
  func stoppedCheck() throws {
    struct Stopped: Error {}
    let check = CheckStub { _, _, progress, _ in
      var state = CheckProgress()
      repeat { state.distinct = 5 } while progress(state)
      throw Stopped()
    }
    screen.script = [{ $0.type("c") }]
    let result = try run(check: check) { event in
      switch event {
      case .key: [.startCheck(run: 1, options: CheckOptions())]
      case .checkProgress: [.stopCheck]
      case .checkFailed: [.quit]
      default: []
      }
    }
    #expect(result.events.dropFirst(2).first == "progress 1: 5")
    #expect(result.events.last == "failed 1: Stopped()")
  }

  @Test("A paused check waits until it is told to continue or to stop", arguments: [true, false])
  func pausedCheck(isStopped: Bool) throws {
    struct Ended: Error {}
    let log = Mutex<[String]>([])
    let check = CheckStub { _, _, progress, onViolation in
      _ = progress(CheckProgress())
      // When this returns, the loop has paused the check.
      while log.withLock({ $0.isEmpty }) { sched_yield() }
      let goesOn = progress(CheckProgress())
      log.withLock { $0.append(goesOn ? "went on" : "stopped") }
      throw Ended()
    }
    screen.script = [{ $0.type("c") }]
    _ = try run(check: check) { event in
      switch event {
      case .key: return [.startCheck(run: 1, options: CheckOptions())]
      case .checkProgress: return [.pauseCheck, .wake(afterMilliseconds: 0)]
      case .tick:
        // If the pause does not hold, the check's entry comes before this one.
        log.withLock { $0.append("paused") }
        for _ in 0..<1_000 { sched_yield() }
        log.withLock { $0.append("told") }
        return [isStopped ? .stopCheck : .resumeCheck]
      case .checkFailed: return [.quit]
      default: return []
      }
    }
    #expect(log.withLock { $0 } == ["paused", "told", isStopped ? "stopped" : "went on"])
  }

  @Test("A check without a model says so")
  func noModel() throws {
    screen.script = [{ $0.type("c") }]
    let result = try run { event in
      switch event {
      case .key: [.startCheck(run: 2, options: CheckOptions())]
      case .checkFailed: [.quit]
      default: []
      }
    }
    #expect(result.events.last == "failed 2: there is no model to check")
  }

  @Test("A check's thread has enough stack for deep recursion")
  func deepRecursion() throws {
    @Sendable func depth(_ n: Int) -> Int {
      n == 0 ? 0 : 1 + withUnsafeTemporaryAllocation(byteCount: 200, alignment: 8) { _ in depth(n - 1) }
    }
    let reached = Mutex(0)
    let check = CheckStub { _, _, _, _ in
      let depth = depth(100_000)
      reached.withLock { $0 = depth }
      throw CancellationError()
    }
    screen.script = [{ $0.type("c") }]
    _ = try run(check: check) { event in
      switch event {
      case .key: [.startCheck(run: 1, options: CheckOptions())]
      case .checkFailed: [.quit]
      default: []
      }
    }
    #expect(reached.withLock { $0 } == 100_000)
  }

  @Test("A saved file has the size of its pieces together")
  func savedSize() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let path = folder.path + "/trace"
    screen.script = [{ $0.type("s") }]
    let result = try run { event in
      switch event {
      case .key: [.save(path: path, piece: FilePiece("té", isLast: false), replaces: true)]
      case .filePieceSaved: [.save(path: path, piece: FilePiece("xt", isFirst: false), replaces: true)]
      case .fileSaved: [.quit]
      default: []
      }
    }
    #expect(result.events == ["20x2", "s", "piece", "saved 5"])
    #expect(try FileStore.open(path) == "téxt")
  }

  @Test("Everything to be saved is on the disk when the loop ends")
  func savesBeforeQuitting() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let path = folder.path + "/trace"
    screen.script = [{ $0.type("s") }]
    _ = try run { event in
      if case .key = event {
        [.save(path: path, piece: FilePiece("text"), replaces: true), .quit]
      } else {
        []
      }
    }
    #expect(try FileStore.open(path) == "text")
  }
}
