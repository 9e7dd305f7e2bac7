import Glibc

/// The processor time that a search takes for a generated state, on the node tree and in flat code. It decides only which of the two is used:
/// the result is the same.
struct FlatPace {
  /// The fewest generated states of which the time is compared.
  private static let (fewestOnTree, fewestInFlatCode) = (1 << 10, 1 << 13)
  /// Flat code begins with fewer states than usual, but at least with these, if the node tree has taken this many nanoseconds.
  private static let (fewestSlowStates, longTime) = (1 << 8, 2e7)
  /// Later states may take longer than the first ones, on the node tree, too.
  private static let tolerance = 1.25
  /// How many measurements in a row must say that flat code is slower: other programs disturb some.
  private static let slowMeasurements = 3

  /// Nil if it was not measured.
  private var treeNanoseconds: Double?
  /// The last measurement of flat code.
  private var lastNanoseconds = 0.0
  private var start: (generated: Int, time: Double)?
  /// Whether the states since `start` are not typical: what flat code remembers has to be found first.
  private var isWarmingUp = false
  /// How many of the last measurements said in a row that flat code takes longer than the node tree did.
  private var slowCount = 0

  /// Whether flat code seems to take longer than the node tree did. Later states may be larger than those that the tree had, and so take
  /// longer on the tree, too.
  var seemsSlower: Bool { slowCount >= Self.slowMeasurements }

  /// Whether flat code takes longer than the node tree for the same work. If not, a later measurement has to be slower than the last one to
  /// seem slow.
  mutating func isSlower(onTree: () -> Void, inFlatCode: () -> Void) -> Bool {
    func time(_ work: () -> Void) -> Double {
      // The first time, what both remember has to be found.
      work()
      let start = Self.now
      work()
      return Self.now - start
    }
    if time(inFlatCode) > time(onTree) * Self.tolerance { return true }
    (treeNanoseconds, slowCount) = (lastNanoseconds, 0)
    return false
  }

  /// Begins to measure the node tree, the first time. `generated` is the number of generated states so far, here and below.
  mutating func beginTree(_ generated: Int) {
    if start == nil { begin(generated) }
  }

  /// Whether the node tree has taken so long that flat code may pay for few states.
  func isTreeSlow(with states: Int) -> Bool {
    guard let start, states >= Self.fewestSlowStates else { return false }
    return Self.now - start.time > Self.longTime
  }

  /// Ends measuring the node tree.
  mutating func endTree(_ generated: Int) {
    guard let start, generated - start.generated >= Self.fewestOnTree else { return }
    treeNanoseconds = nanoseconds(since: start, generated)
  }

  /// Begins to measure flat code, or begins anew because it has changed.
  mutating func beginFlatCode(_ generated: Int) {
    begin(generated)
    isWarmingUp = true
  }

  /// Measures flat code. Call this now and then.
  mutating func measureFlatCode(_ generated: Int) {
    guard let treeNanoseconds, let start, generated - start.generated >= Self.fewestInFlatCode else { return }
    lastNanoseconds = nanoseconds(since: start, generated)
    let isSlow = !isWarmingUp && lastNanoseconds > treeNanoseconds * Self.tolerance
    slowCount = isSlow ? slowCount + 1 : 0
    isWarmingUp = false
    begin(generated)
  }

  /// The time for each state generated since then.
  private func nanoseconds(since start: (generated: Int, time: Double), _ generated: Int) -> Double {
    (Self.now - start.time) / Double(generated - start.generated)
  }

  private mutating func begin(_ generated: Int) { start = (generated, Self.now) }

  /// The time that this thread has used, in nanoseconds.
  private static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
  }
}
