import Synchronization
import TLASyntax

/// Threads that share pieces of work: the caller's, and others that wait between two pieces.
final class WorkerTeam {
  /// The number of workers, the caller's thread among them.
  let count: Int
  private let room = Room()

  /// Makes a team of up to `wanted` workers, each with a stack of `stackBytes`: fewer if the system gives fewer threads.
  init(of wanted: Int, stackBytes: Int) {
    var made = 1
    while made < wanted {
      let worker = made
      guard DeepStack.start(exactBytes: stackBytes, { [room] in room.serve(as: worker) }) else { break }
      made += 1
    }
    count = made
  }

  deinit { room.close() }

  /// Does a piece of work: calls `work` on each worker's thread with its number, from 0 for the caller's, and returns when all are done.
  /// Nothing else of the caller runs beside it, so it may use values that are not `Sendable`. With `workers` 1, only the caller works.
  func run(_ workers: Int, _ work: (_ worker: Int) -> Void) {
    if workers == 1 { return work(0) }
    precondition(workers == count, "a piece of work is for one worker or for all")
    withoutActuallyEscaping(work) { work in
      room.post(work, others: count - 1)
      work(0)
      room.waitForOthers()
    }
  }
}

/// Where the threads of a team meet. A thread looks for a change for a moment before it sleeps, because pieces of work are short. It is
/// `@unchecked Sendable`: what is not atomic is guarded by the monitor.
private final class Room: @unchecked Sendable {
  /// How often a thread looks: for some ten microseconds.
  private static let looks = 1 << 12

  private let monitor = Monitor()
  private var work: ((Int) -> Void)?
  private var isClosed = false
  /// The number of pieces so far.
  private let round = Atomic<Int>(0)
  /// How many of the other workers have not done the piece.
  private let busy = Atomic<Int>(0)

  func post(_ work: @escaping (Int) -> Void, others: Int) {
    monitor.change {
      self.work = work
      busy.store(others, ordering: .relaxed)
      round.add(1, ordering: .releasing)
    }
  }

  func waitForOthers() {
    wait { busy.load(ordering: .acquiring) == 0 }
    monitor.alone { work = nil }
  }

  func close() {
    monitor.change {
      isClosed = true
      round.add(1, ordering: .releasing)
    }
  }

  /// Does the pieces that are posted, until the room is closed.
  func serve(as worker: Int) {
    var seen = 0
    while doPiece(after: &seen, as: worker) {
      if busy.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 { monitor.change {} }
    }
  }

  /// Waits for a piece and does it. Returns false if the room was closed. The piece is no longer held when this returns: it is valid only
  /// until all have done it.
  @inline(never) private func doPiece(after seen: inout Int, as worker: Int) -> Bool {
    let last = seen
    wait { round.load(ordering: .acquiring) != last }
    let (piece, current): (((Int) -> Void)?, Int) = monitor.alone {
      (isClosed ? nil : work, round.load(ordering: .relaxed))
    }
    seen = current
    piece?(worker)
    return piece != nil
  }

  private func wait(until holds: () -> Bool) {
    for _ in 0..<Self.looks where holds() { return }
    monitor.wait(until: holds)
  }
}
