/// The limits of a search.
struct SearchLimits {
  var maxStates: Int?
  var maxDepth: Int?
  var memoryBytes: Int?
  /// Once there are this many states, no further level is begun, and the search ends as if there were no more.
  var enoughStates: Int?
  /// A request from outside to stop the search.
  var stop: StopRequest?
}

/// A search from outside: its limits, its figures, and whether it may continue. All long work polls it.
final class SearchRun {
  /// Why a search ends before it has seen everything.
  enum Interruption: Error {
    case stopped
    /// A limit was hit. The text names the limit.
    case limit(String)
  }

  let limits: SearchLimits
  var progress = CheckProgress()
  private let shouldContinue: (CheckProgress) -> Bool
  private let clock = ContinuousClock()
  /// When the search began, moved later by any time during which it was held up.
  private var started: ContinuousClock.Instant
  /// How many bytes were in use when memory was last measured.
  private var measuredBytes = 0
  private let longestSilence: Duration
  private var asked: ContinuousClock.Instant

  /// `shouldContinue` is asked every few thousand states, and after some states if these took longer than `longestSilence`.
  init(
    limits: SearchLimits, longestSilence: Duration = .milliseconds(20),
    shouldContinue: @escaping (CheckProgress) -> Bool = { _ in true }
  ) {
    self.limits = limits
    self.longestSilence = longestSilence
    self.shouldContinue = shouldContinue
    started = clock.now
    asked = started
  }

  /// Sets the seconds since the search began.
  func measureTime() { progress.seconds = (clock.now - started).inSeconds }

  /// Throws `Interruption` if the search has to end. `bytes` is the memory in use, and `toGrow` what will be needed next.
  func poll(bytes: Int, toGrow: Int = 0) throws {
    progress.memoryBytes = bytes
    measureTime()
    measuredBytes = bytes
    if let limit = limits.memoryBytes, !hasRoom(bytes: bytes, toGrow: toGrow) {
      throw Interruption.limit("\(limit >> 20) MiB of memory")
    }
    guard goesOn else { throw Interruption.stopped }
  }

  /// Whether the limit on memory allows for `bytes` and what will be needed next.
  func hasRoom(bytes: Int, toGrow: Int) -> Bool {
    guard let limit = limits.memoryBytes else { return true }
    return max(bytes, ProcessMemory.resident ?? 0) + toGrow <= limit
  }

  /// Whether the search may continue, with the figures that it had last. The time that the answer takes is not the search's.
  var goesOn: Bool {
    let before = clock.now
    let answer = !isStopRequested && shouldContinue(progress)
    asked = clock.now
    started += asked - before
    return answer
  }

  /// Whether so much time has passed that the search should be polled at once.
  var isOverdue: Bool { clock.now - asked > longestSilence }

  /// Whether somebody asked the search to stop.
  @inline(__always) var isStopRequested: Bool { limits.stop.map(\.isMade) ?? false }

  /// Throws if somebody asked the search to stop.
  @inline(__always) func checkStop() throws {
    if isStopRequested { throw Interruption.stopped }
  }

  /// Whether memory has grown so much that it should be measured at once.
  @inline(__always) func needsPoll(bytes: Int) -> Bool {
    guard let limit = limits.memoryBytes else { return false }
    return bytes > measuredBytes + limit / 64
  }
}

extension Duration {
  /// The duration in seconds.
  package var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
