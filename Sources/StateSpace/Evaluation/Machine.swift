import TLASyntax

/// The state that compiled nodes run on: the current state, the next state, and the slots of bound names.
///
/// One thread at a time may use it (see `alone`); it may move from one to another.
final class Machine {
  private static let slotCapacity = 1 << 16

  let store: ValueStore
  let variableCount: Int
  /// The row that unprimed variables are read from.
  var state: UnsafePointer<UInt32> {
    didSet { stateVersion &+= 1 }
  }
  /// Counts the states that were set. A remembered value of an earlier state is out of date.
  private(set) var stateVersion: UInt64 = 1
  /// The row that primed variables are read from and assigned in; `Value.missing` stands for no value.
  var next: UnsafeMutablePointer<UInt32>
  /// The successor under construction.
  let ownNext: UnsafeMutablePointer<UInt32>
  private let noState: UnsafeMutablePointer<UInt32>
  private let slotMemory: Reservation<UInt32>
  let slots: UnsafeMutablePointer<UInt32>
  /// The state to which a composed step must lead while `\cdot` is tested.
  var target: UnsafeMutablePointer<UInt32>?
  /// The receiver of the successors.
  var sink: (any StateSink)?
  /// The running action, by its position in the program.
  var currentAction = 0
  /// Follows the conjuncts of the actions that run; nil if nobody asks.
  var follower: (any ConjunctFollower)?
  /// Receives what the specification prints.
  var output: (String) -> Void = { _ in }
  /// What the specification may use of the machine that the program runs on; nil for nothing.
  var host: (any HostAccess)?
  /// The registers of `TLCSet` and `TLCGet`, by number or name.
  var registers: [Value: Value] = [:]
  /// What the specification may ask of the run; nil if there is nothing to ask. The run must outlive its evaluations.
  weak var facts: (any RunFacts)?
  /// Warnings about what is legal but rarely intended.
  var warnings = EvaluationWarnings()
  /// The source of random numbers for `RandomElement` and the like.
  var random = SeededNumbers()

  /// The number of stack bytes that a run may use.
  var stackBudget: UInt = 4 << 20
  private var stackLimit = UInt(0)
  private var compilationLimit = UInt(0)
  private let monitor = Monitor()

  init(store: ValueStore, variableCount: Int) throws {
    slotMemory = try Reservation(capacity: Self.slotCapacity)
    slots = slotMemory.base
    self.store = store
    self.variableCount = variableCount
    let width = max(variableCount, 1)
    ownNext = .allocate(capacity: width)
    ownNext.initialize(repeating: Value.missing.bits, count: width)
    noState = .allocate(capacity: width)
    noState.initialize(repeating: Value.missing.bits, count: width)
    next = ownNext
    state = UnsafePointer(noState)
    slots.update(repeating: Value.missing.bits, count: Self.slotCapacity)
  }

  deinit {
    ownNext.deallocate()
    noState.deallocate()
  }

  /// Whether there is a current state. There is none for assumptions, initial predicates and postconditions.
  var hasState: Bool { state != UnsafePointer(noState) }

  /// The number of slots that a program may have.
  var slotCapacity: Int { Self.slotCapacity }

  /// Forgets the current state and any unfinished successor.
  func reset() {
    state = UnsafePointer(noState)
    next = ownNext
    ownNext.update(repeating: Value.missing.bits, count: variableCount)
    sink = nil
  }

  /// Repeats an evaluation without side effects: output, registers, files, warnings and random numbers stay as they are.
  func silently<Result>(_ work: () -> Result) -> Result {
    let kept = (output, host, registers, warnings, random)
    defer { (output, host, registers, warnings, random) = kept }
    output = { _ in }
    if let remembering = host as? RememberingAccess { host = RepeatedAccess(host: remembering) }
    return work()
  }

  /// Whether what is evaluated may never be needed.
  private(set) var isTentative = false

  /// Evaluates states that a run may never reach, so that nothing is changed by it: as `silently`, and no warning counts as given, no
  /// string or model value is made, and nothing takes long or much memory. What needs more fails. Returns whether something did.
  @discardableResult func tentatively(_ work: () -> Void) -> Bool {
    let kept = (isTentative, store.makesAtoms, store.leftTLCIntegers, store.scratchTop)
    defer { (isTentative, store.makesAtoms, store.leftTLCIntegers, store.scratchTop) = kept }
    (isTentative, store.makesAtoms) = (true, false)
    return silently {
      let (growth, wantedSteps) = store.limitingSteps(to: Self.tentativeSteps) {
        store.limitingGrowth(to: Self.tentativeWords, work)
      }
      return wantedSteps || growth.wantedMore
    }
  }

  private static let tentativeSteps = 1 << 20
  private static let tentativeWords = 1 << 20

  /// Call this where a run begins: the stack that the run may use is measured from here.
  func enterRun() {
    var marker: UInt8 = 0
    let here = withUnsafeMutablePointer(to: &marker) { UInt(bitPattern: $0) }
    // A recursion that just passes the limit check must still be able to finish its body.
    let forRecursion = stackBudget / 8 * 7
    stackLimit = here > forRecursion ? here - forRecursion : 0
    compilationLimit = here > stackBudget / 2 ? here - stackBudget / 2 : 0
  }

  /// Evaluates while no other thread does, on the thread of the run or on another one whose stack is as large. Must not be nested.
  func alone<Result>(_ body: () throws -> Result) rethrows -> Result {
    try monitor.alone {
      let limits = (stackLimit, compilationLimit)
      defer { (stackLimit, compilationLimit) = limits }
      enterRun()
      return try body()
    }
  }

  /// The result of an evaluation at compile time.
  enum AheadOfTime {
    case value(Value)
    case noValue
    /// The evaluation takes too many steps or too much memory, so it waits until the value is needed.
    case tooCostly
  }

  /// Evaluates an expression that depends on nothing, if that is cheap.
  func evaluateAheadOfTime(_ node: Node) -> AheadOfTime {
    let scratchTop = store.scratchTop
    defer { store.scratchTop = scratchTop }
    let (result, isCutShort) = store.limitingSteps(to: Self.stepsAheadOfTime) {
      store.limitingGrowth(to: Self.wordsAheadOfTime) { try? node.evaluate(self) }
    }
    if let value = result.0 { return .value(value) }
    return result.wantedMore || isCutShort ? .tooCostly : .noValue
  }

  private static let stepsAheadOfTime = 1 << 17
  private static let wordsAheadOfTime = 1 << 20

  /// Whether a recursion may go one level deeper.
  @inline(__always) var hasStack: Bool { Self.isHere(above: stackLimit) }

  /// Whether the compiler may go one level deeper. The compiled tree is as deep as the recursion, but takes less stack when it runs.
  var hasStackToCompile: Bool { Self.isHere(above: compilationLimit) }

  @inline(__always) private static func isHere(above limit: UInt) -> Bool {
    var marker: UInt8 = 0
    return withUnsafeMutablePointer(to: &marker) { UInt(bitPattern: $0) } > limit
  }
}

/// Follows the conjuncts of actions while they run.
protocol ConjunctFollower: AnyObject {
  /// A conjunct is true, so those after it are reached.
  func enter()
  /// What follows a true conjunct has run.
  func leave()
  /// A conjunct is false.
  func fail(_ conjunct: Node, _ machine: Machine)
  /// The set of an `\E` is empty.
  func fail(emptySet: Node, _ machine: Machine)
}

/// The place of a node: its text, and the operators whose expansion it belongs to.
final class Site {
  let span: SourceSpan
  let call: CallSite?

  init(span: SourceSpan, call: CallSite?) {
    self.span = span
    self.call = call
  }

  /// Whether this place has given a warning, so that a frequent one costs only this test.
  private var isWarned = false

  /// Warns about what is legal but rarely intended, the first time only.
  func warn(
    _ machine: Machine, about subject: @autoclosure () -> String, _ message: @autoclosure () -> String,
    code: MessageCode, hint: String
  ) {
    if isWarned || machine.isTentative { return }
    isWarned = true
    machine.warnings.add(message(), about: subject(), at: span, code: code, hint: hint)
  }

  /// The failure of an operation of a node at this place.
  func failure(_ error: ValueError) -> EvaluationFailure {
    failure(error.message, error.kind, code: error.code, hint: error.hint)
  }

  func failure(
    _ message: String, _ kind: EvaluationFailure.Kind = .evaluation, code: MessageCode? = nil,
    hint: String? = nil
  ) -> EvaluationFailure {
    var frames: [EvaluationFailure.Frame] = []
    var call = call
    while let current = call {
      frames.append(EvaluationFailure.Frame(name: current.name, span: current.span))
      call = current.caller
    }
    return EvaluationFailure(
      kind: kind, message: message, hint: hint, narrowerCode: code, span: span, callStack: frames)
  }
}

/// An expansion of an operator.
final class CallSite {
  let name: String
  let span: SourceSpan
  let caller: CallSite?

  init(name: String, span: SourceSpan, caller: CallSite?) {
    self.name = name
    self.span = span
    self.caller = caller
  }
}
