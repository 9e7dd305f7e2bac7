internal import Dispatch
import Synchronization

/// What the loop asks of a thread that works, which looks at it whenever it reports its progress.
final class WorkRequest: Sendable {
  private let isStopped = Atomic<Bool>(false)
  private let isPaused = Atomic<Bool>(false)
  /// Signalled by whatever ends a pause.
  private let end = DispatchSemaphore(value: 0)

  func stop() {
    isStopped.store(true, ordering: .relaxed)
    resume()
  }

  func pause() { isPaused.store(true, ordering: .relaxed) }

  func resume() {
    isPaused.store(false, ordering: .relaxed)
    end.signal()
  }

  /// Waits while there is a pause, and says whether to go on then.
  func goesOn() -> Bool {
    // A signal may be left from a pause that was over before it was seen, so the pause is looked at again.
    while isPaused.load(ordering: .relaxed) { end.wait() }
    return !isStopped.load(ordering: .relaxed)
  }
}
