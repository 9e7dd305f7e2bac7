import TLASyntax

/// What compiled nodes run on: the state, the state being made, and the slots of bound names.
///
/// Not safe for concurrent use; it may move from one thread to another between runs.
final class Machine {
  private static let slotCapacity = 1 << 16

  let store: ValueStore
  let variableCount: Int
  /// Where unprimed variables are read.
  var state: UnsafePointer<UInt32> {
    didSet { stateVersion &+= 1 }
  }
  /// Counts the states that were read: what was remembered of another one is out of date.
  private(set) var stateVersion: UInt64 = 1
  /// Where primed variables are read and assigned: `Value.missing` where there is none yet.
  var next: UnsafeMutablePointer<UInt32>
  /// The successor under construction.
  let ownNext: UnsafeMutablePointer<UInt32>
  private let noState: UnsafeMutablePointer<UInt32>
  private let slotMemory: Reservation<UInt32>
  let slots: UnsafeMutablePointer<UInt32>
  /// Who gets the successors.
  var sink: (any StateSink)?
  /// Which action is running, by its position in the program.
  var currentAction = 0
  /// Collects why an action is disabled; nil while nobody asks.
  var explainer: DisabledExplainer?
  /// What the specification prints.
  var output: (String) -> Void = { _ in }
  /// The files that it may use; nil for none.
  var files: (any FileAccess)?
  /// What `TLCSet` keeps for `TLCGet`, by number or name.
  var registers: [Value: Value] = [:]
  /// What a search says of itself, by the name that `TLCGet` asks for.
  var figure: (String) -> PlainValue? = { _ in nil }
  /// What is worth a word though it is no failure.
  var warnings = EvaluationWarnings()
  /// Where `RandomElement` and the like get their numbers.
  var random = SeededNumbers()

  /// How many bytes of stack a run may use.
  var stackBudget: UInt = 4 << 20
  private var stackLimit = UInt(0)
  private var compilationLimit = UInt(0)

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

  /// How many slots a program may have.
  var slotCapacity: Int { Self.slotCapacity }

  /// Forgets a state that was read and a successor that was begun.
  func reset() {
    state = UnsafePointer(noState)
    next = ownNext
    ownNext.update(repeating: Value.missing.bits, count: variableCount)
    sink = nil
  }

  /// Evaluates again what was evaluated before: what a specification prints, sets, writes and draws by chance is left as it is.
  func silently<Result>(_ work: () -> Result) -> Result {
    let kept = (output, files, registers, warnings, random)
    defer { (output, files, registers, warnings, random) = kept }
    output = { _ in }
    files = nil
    return work()
  }

  /// Has to be called where a run begins: what the run may use of the stack is counted from here.
  func enterRun() {
    var marker: UInt8 = 0
    let here = withUnsafeMutablePointer(to: &marker) { UInt(bitPattern: $0) }
    // A recursion that may just begin another round still has to come to the end of its body.
    let forRecursion = stackBudget / 8 * 7
    stackLimit = here > forRecursion ? here - forRecursion : 0
    compilationLimit = here > stackBudget / 2 ? here - stackBudget / 2 : 0
  }

  /// What comes of evaluating something before it is known to be needed.
  enum AheadOfTime {
    case value(Value)
    case noValue
    /// It takes so long, or so much room, that it has to wait until it is needed.
    case tooCostly
  }

  /// Evaluates an expression that depends on nothing, as far as that is cheap.
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

  /// Whether the compiler may go one level deeper. What it makes is as deep as it went, and takes less of the stack when it runs.
  var hasStackToCompile: Bool { Self.isHere(above: compilationLimit) }

  @inline(__always) private static func isHere(above limit: UInt) -> Bool {
    var marker: UInt8 = 0
    return withUnsafeMutablePointer(to: &marker) { UInt(bitPattern: $0) } > limit
  }
}

/// Where a node stands: its text, and the operators whose expansion it is part of.
final class Site {
  let span: SourceSpan
  let call: CallSite?

  init(span: SourceSpan, call: CallSite?) {
    self.span = span
    self.call = call
  }

  /// Whether a warning was given for this place, so that a frequent one costs a look.
  private var isWarned = false

  /// Notes what is legal and rarely meant; the first time only.
  func warn(
    _ machine: Machine, about subject: @autoclosure () -> String, _ message: @autoclosure () -> String,
    hint: String
  ) {
    if isWarned { return }
    isWarned = true
    machine.warnings.add(message(), about: subject(), at: span, hint: hint)
  }

  /// The failure of an operation of a node that stands here.
  func failure(_ error: ValueError) -> EvaluationFailure {
    failure(error.message, error.kind, hint: error.hint)
  }

  func failure(_ message: String, _ kind: EvaluationFailure.Kind = .evaluation, hint: String? = nil)
    -> EvaluationFailure
  {
    var frames: [EvaluationFailure.Frame] = []
    var call = call
    while let current = call {
      frames.append(EvaluationFailure.Frame(name: current.name, span: current.span))
      call = current.caller
    }
    return EvaluationFailure(kind: kind, message: message, hint: hint, span: span, callStack: frames)
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
