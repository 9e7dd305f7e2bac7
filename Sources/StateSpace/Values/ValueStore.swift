/// The memory of one engine's values: an arena that holds each composite value once, a table that finds a value by its contents, and the
/// names of atoms.
///
/// An object is `length, payload…` at an even offset. The payloads are:
/// - a set: its elements in TLC's order
/// - a tuple: its elements
/// - a record or function: its domain (a set), then its values in the domain's order
/// - a big integer: its sign and magnitude
/// - a symbolic set: its kind and operands
///
/// Not safe for concurrent use.
final class ValueStore {
  /// 4 GiB of address space, the most that a payload can address.
  private static let arenaWords = 1 << 30
  private static let scratchWords = 1 << 28

  let arenaMemory: Reservation<UInt32>
  let arena: UnsafeMutablePointer<UInt32>
  /// The first free word; even.
  private(set) var top = 2
  /// The word from which on no more values are made.
  private var topLimit = arenaWords - 2
  private var isAtLimit = false

  /// Each entry has an object's hash in the upper half and its value's word in the lower half; 0 is free.
  private var tableMemory: Reservation<UInt64>
  private var table: UnsafeMutablePointer<UInt64>
  private var tableMask: Int
  private var objectCount = 0

  /// A stack on which composite values are assembled.
  private let scratchMemory: Reservation<UInt32>
  let scratch: UnsafeMutablePointer<UInt32>
  var scratchTop = 0

  let atoms: AtomTable

  /// Whether integers outside 32 bits are an error.
  let tlcIntegers: Bool
  /// Whether an integer has left the range that TLC computes in.
  var leftTLCIntegers = false
  /// Whether an evaluation may make strings and model values that there are not yet.
  var makesAtoms = true

  let cache: OperatorCache
  /// Objects from this word on may be freed after their visit (`passing`). Nothing that remembers values may name them.
  var transientFloor = UInt32.max {
    didSet { cache.floor = transientFloor }
  }
  /// The last object at or above the floor that something besides its own visit refers to.
  private(set) var lastKept: UInt32 = 0
  /// The place of the newest object in the table; nil after the table grew.
  private var newestPlace: Int?
  /// The enumerations of symbolic sets, by the word of the set.
  var enumerations: [UInt32: Value] = [:]
  /// The elements of such sets as sequences, for sets that TLC goes through in another order.
  var subsetSequences: [UInt32: Value] = [:]
  /// Composite values that were spelled out.
  var spelled = SpelledValues()

  let emptySet: Value
  let emptyTuple: Value

  /// Makes a store. It numbers the atoms with those names first, so that strings and model values are in that order.
  init(atoms names: [String] = [], modelValues: Set<String> = [], tlcIntegers: Bool = false) throws {
    arenaMemory = try Reservation(atMost: Self.arenaWords)
    arena = arenaMemory.base
    scratchMemory = try Reservation(atMost: Self.scratchWords)
    scratch = scratchMemory.base
    let tableSize = 1 << 12
    tableMemory = try Reservation(capacity: tableSize)
    table = tableMemory.base
    tableMask = tableSize - 1
    cache = try OperatorCache()
    atoms = AtomTable()
    self.tlcIntegers = tlcIntegers
    emptySet = Value(tag: Value.Tag.set, payload: 1)
    emptyTuple = Value(tag: Value.Tag.tuple, payload: 2)
    // The two empty values lie at fixed places, so that they are known before the first look-up.
    let set = try intern(Value.Tag.set, scratch, 0)
    let tuple = try intern(Value.Tag.tuple, scratch, 0)
    precondition(set == emptySet && tuple == emptyTuple)
    for name in names {
      if modelValues.contains(name) { _ = modelValue(name) }
      _ = string(name)
    }
  }

  /// Runs `body`, which may make new values of up to that many words in total. Returns its result and whether it wanted more.
  func limitingGrowth<Result>(to words: Int, _ body: () -> Result) -> (Result, wantedMore: Bool) {
    let saved = (topLimit, isAtLimit)
    (topLimit, isAtLimit) = (min(topLimit, top + words), false)
    defer { (topLimit, isAtLimit) = saved }
    let result = body()
    return (result, isAtLimit)
  }

  /// The bytes that the values take.
  var memoryBytes: Int { top * 4 + (tableMask + 1) * 8 }

  /// The extra bytes for growing the table, if that is near. While it grows, the old and the new table both exist.
  var memoryToGrow: Int { objectCount * 4 > tableMask / 16 * 45 ? (tableMask + 1) * 16 : 0 }

  // MARK: Atoms

  func string(_ text: String) -> Value {
    Value(tag: Value.Tag.atom, payload: atoms.string(text))
  }

  /// The string that an evaluation makes. Atoms are ordered by when they were made: while that must not change, a new one is a failure.
  func madeString(_ text: String) throws -> Value {
    guard makesAtoms || atoms.hasString(text) else { throw Self.outOfTurn }
    return string(text)
  }

  /// The same for a model value.
  func madeModelValue(_ name: String) throws -> Value {
    guard makesAtoms || atoms.hasModelValue(name) else { throw Self.outOfTurn }
    return modelValue(name)
  }

  private static var outOfTurn: ValueError {
    ValueError("a new string or model value is made out of turn", kind: .stopped)
  }

  func modelValue(_ name: String) -> Value {
    Value(tag: Value.Tag.atom, payload: atoms.modelValue(name))
  }

  /// The kind of an atom; only for the tag `atom`.
  @inline(__always) func atomKind(_ value: Value) -> AtomTable.Kind { atoms.kind(value.payload) }

  /// Whether the value is a string (and not a Boolean or a model value).
  @inline(__always) func isString(_ value: Value) -> Bool {
    value.tag == Value.Tag.atom && atomKind(value).isString
  }

  @inline(__always) func isModelValue(_ value: Value) -> Bool {
    value.tag == Value.Tag.atom && atomKind(value).isModelValue
  }

  /// The text of a string or model value.
  func name(ofAtom value: Value) -> String { atoms.names[Int(value.payload)] }

  // MARK: Objects

  @inline(__always) func payload(_ value: Value) -> UnsafeMutablePointer<UInt32> {
    arena + (Int(value.bits >> 3) &* 2 &+ 1)
  }

  @inline(__always) func length(_ value: Value) -> Int { Int(arena[Int(value.bits >> 3) &* 2]) }

  /// The value with that payload: the existing one, or a new one. `words` may lie on the scratch stack or in the arena.
  func intern(_ tag: UInt32, _ words: UnsafePointer<UInt32>, _ count: Int) throws -> Value {
    var hash = (UInt64(tag) &+ UInt64(count) &* 8) &* 0x9E37_79B9_7F4A_7C15
    for index in 0..<count {
      hash = (hash ^ UInt64(words[index])) &* 0xFF51_AFD7_ED55_8CCD
      hash ^= hash >> 32
    }
    let hash32 = UInt32(truncatingIfNeeded: hash ^ (hash >> 29))
    var place = Int(hash32) & tableMask
    while table[place] != 0 {
      if UInt32(truncatingIfNeeded: table[place] >> 32) == hash32 {
        let candidate = Value(bits: UInt32(truncatingIfNeeded: table[place]))
        let object = arena + Int(candidate.bits >> 3) &* 2
        if candidate.tag == tag, Int(object[0]) == count, Self.equal(object + 1, words, count) {
          keep(candidate)
          return candidate
        }
      }
      place = (place &+ 1) & tableMask
    }
    let needed = (count + 2) & ~1
    guard top + needed < topLimit else {
      isAtLimit = true
      throw ValueError(
        "the values of this model need more than \(arenaMemory.capacity * 4 >> 20) MiB", kind: .resource)
    }
    let result = Value(tag: tag, payload: UInt32(top / 2))
    let object = arena + top
    object[0] = UInt32(count)
    (object + 1).update(from: words, count: count)
    top += needed
    table[place] = UInt64(hash32) << 32 | UInt64(result.bits)
    newestPlace = place
    objectCount += 1
    if objectCount * 4 > tableMask * 3 { try growTable() }
    return result
  }

  @inline(__always) private static func equal(
    _ left: UnsafePointer<UInt32>, _ right: UnsafePointer<UInt32>, _ count: Int
  ) -> Bool {
    for index in 0..<count where left[index] != right[index] { return false }
    return true
  }

  private func growTable() throws {
    let oldSize = tableMask + 1
    let newSize = oldSize * 2
    let memory = try Reservation<UInt64>(capacity: newSize)
    let bigger = memory.base
    let mask = newSize - 1
    for index in 0..<oldSize where table[index] != 0 {
      var place = Int(table[index] >> 32) & mask
      while bigger[place] != 0 { place = (place &+ 1) & mask }
      bigger[place] = table[index]
    }
    tableMemory = memory
    table = bigger
    tableMask = mask
    newestPlace = nil
  }

  /// Notes that something refers to the value for longer than the visit that it may have been made for.
  @inline(__always) func keep(_ value: Value) {
    guard value.bits >= transientFloor, value.tag >= Value.Tag.set, !value.isMissing else { return }
    lastKept = max(lastKept, value.bits)
  }

  /// Makes a composite value while `body` runs, and frees it afterwards if nothing refers to it. So visiting many elements takes no memory.
  /// Returns what `body` returns; true means that the value may be freed.
  ///
  /// The value is freed only if it is still the newest object and no operation found it in the table (`keep`). A cache that outlives an
  /// evaluation asks `transientFloor`, or keeps what it remembers.
  func passing(
    _ tag: UInt32, _ words: UnsafePointer<UInt32>, _ count: Int, _ body: (Value) throws -> Bool
  ) throws -> Bool {
    let start = top
    let value = try intern(tag, words, count)
    guard top != start, let place = newestPlace else { return try body(value) }
    let (end, floor) = (top, transientFloor)
    if value.bits < floor { transientFloor = value.bits }
    defer { transientFloor = floor }
    let isDone = try body(value)
    if isDone, top == end, lastKept < value.bits, newestPlace == place {
      table[place] = 0
      objectCount -= 1
      top = start
    }
    return isDone
  }

  // MARK: Bounded evaluation

  /// How many loop steps may be taken before `moreSteps` is asked.
  var stepsLeft = Int.max
  /// How many more steps may be taken; nil ends the evaluation.
  var moreSteps: () -> Int? = { .max }

  /// Called at each step of every loop whose length a specification or a user decides.
  @inline(__always) func countStep() throws {
    stepsLeft &-= 1
    if stepsLeft < 0 { try askForSteps() }
  }

  /// Runs `body` with at most `limit` steps, and at most the steps that are left. Returns its result and whether it wanted more.
  func limitingSteps<Result>(to limit: Int, _ body: () -> Result) -> (Result, wantedMore: Bool) {
    if stepsLeft < limit, let more = moreSteps() { stepsLeft = more }
    let (saved, asked) = (stepsLeft, moreSteps)
    let allowed = min(limit, saved)
    stepsLeft = allowed
    moreSteps = { nil }
    let result = body()
    let wantedMore = stepsLeft <= 0
    (stepsLeft, moreSteps) = (max(0, saved - (allowed - max(0, stepsLeft))), asked)
    return (result, wantedMore)
  }

  private func askForSteps() throws {
    // With no steps left, every further step fails as well, so the evaluation ends even if a failure is caught on the way.
    guard let more = moreSteps() else {
      stepsLeft = 0
      throw ValueError("the evaluation was stopped", kind: .stopped)
    }
    stepsLeft = more
  }

  // MARK: Scratch

  /// Puts a word on the scratch stack.
  @inline(__always) func push(_ value: Value) throws {
    try countStep()
    guard scratchTop < scratchMemory.capacity else {
      throw ValueError("a value with more than \(scratchMemory.capacity) parts is too large", kind: .resource)
    }
    scratch[scratchTop] = value.bits
    scratchTop &+= 1
  }

  /// Pushes the words of values that lie one after the other.
  @inline(__always) func push(_ words: UnsafePointer<UInt32>, count: Int) throws {
    try countStep()
    guard scratchTop + count <= scratchMemory.capacity else {
      throw ValueError("a value with more than \(scratchMemory.capacity) parts is too large", kind: .resource)
    }
    (scratch + scratchTop).update(from: words, count: count)
    scratchTop &+= count
  }

  /// Pops the values on the scratch stack from `start` on, and makes a tuple of them.
  func popTuple(from start: Int) throws -> Value {
    defer { scratchTop = start }
    return try intern(Value.Tag.tuple, scratch + start, scratchTop - start)
  }

  /// Pops the values on the scratch stack from `start` on, in any order and perhaps with duplicates, and makes a set of them.
  func popSet(from start: Int) throws -> Value {
    defer { scratchTop = start }
    let count = sortAndRemoveDuplicates(scratch + start, scratchTop - start)
    return try intern(Value.Tag.set, scratch + start, count)
  }
}
