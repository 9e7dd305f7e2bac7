internal import Dispatch
import Synchronization

/// The loop's request to a worker thread. The thread reads it whenever it reports its progress.
final class WorkRequest: Sendable {
  private let isStopped = Atomic<Bool>(false)
  private let isPaused = Atomic<Bool>(false)
  /// Signalled when a pause ends.
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

  /// Waits during a pause. Returns false if the thread must stop.
  func goesOn() -> Bool {
    // The signal may stem from an earlier pause that ended before the thread saw it. So the loop reads the flag again.
    while isPaused.load(ordering: .relaxed) { end.wait() }
    return !isStopped.load(ordering: .relaxed)
  }
}
