/// The memory of one engine's values: an arena in which each composite value lies once, a table that finds it by its contents, and
/// the names of atoms.
///
/// An object is `length, payload…` at an even offset. Payloads: a set's elements in TLC's order; a tuple's elements;
/// a record's or function's domain (a set) and then its values in the domain's order; a big integer's sign and magnitude; a symbolic
/// set's kind and operands. Not safe for concurrent use.
final class ValueStore {
  /// 4 GiB of address space: what a payload can address.
  private static let arenaWords = 1 << 30
  private static let scratchWords = 1 << 28

  let arenaMemory: Reservation<UInt32>
  let arena: UnsafeMutablePointer<UInt32>
  /// The first free word; even.
  private(set) var top = 2

  /// An object's hash in the upper half, its value's word in the lower half; 0 is free.
  private var tableMemory: Reservation<UInt64>
  private var table: UnsafeMutablePointer<UInt64>
  private var tableMask: Int
  private var objectCount = 0

  /// A stack on which composite values are put together.
  private let scratchMemory: Reservation<UInt32>
  let scratch: UnsafeMutablePointer<UInt32>
  var scratchTop = 0

  private(set) var atomNames: [String] = ["FALSE", "TRUE"]
  /// Which atoms are model values.
  private(set) var atomIsModelValue: [Bool] = [false, false]
  private var stringAtoms: [String: UInt32] = [:]
  private var modelValueAtoms: [String: UInt32] = [:]

  /// Whether integers outside 32 bits are an error.
  let tlcIntegers: Bool
  /// Whether an integer left the range in which TLC computes.
  var leftTLCIntegers = false

  let cache: OperatorCache
  /// Symbolic sets that were enumerated.
  var enumerations: [UInt32: Value] = [:]
  /// The elements of such sets as sequences, where TLC goes through them in another order.
  var subsetSequences: [UInt32: Value] = [:]
  /// Composite values that were spelled out.
  var spelled = SpelledValues()

  let emptySet: Value
  let emptyTuple: Value

  /// Makes a store that numbers `atoms` first, so that strings and model values are in that order.
  init(atoms: [String] = [], modelValues: Set<String> = [], tlcIntegers: Bool = false) throws {
    arenaMemory = try Reservation(capacity: Self.arenaWords)
    arena = arenaMemory.base
    scratchMemory = try Reservation(capacity: Self.scratchWords)
    scratch = scratchMemory.base
    let tableSize = 1 << 12
    tableMemory = try Reservation(capacity: tableSize)
    table = tableMemory.base
    tableMask = tableSize - 1
    cache = try OperatorCache()
    self.tlcIntegers = tlcIntegers
    emptySet = Value(tag: Value.Tag.set, payload: 1)
    emptyTuple = Value(tag: Value.Tag.tuple, payload: 2)
    // The two empty values lie at fixed places, so that they are known before the first look-up.
    let set = try intern(Value.Tag.set, scratch, 0)
    let tuple = try intern(Value.Tag.tuple, scratch, 0)
    precondition(set == emptySet && tuple == emptyTuple)
    for name in atoms {
      if modelValues.contains(name) { _ = modelValue(name) }
      _ = string(name)
    }
  }

  deinit {
    arenaMemory.release()
    scratchMemory.release()
    tableMemory.release()
  }

  /// The bytes that the values take.
  var memoryBytes: Int { top * 4 + (tableMask + 1) * 8 }

  // MARK: Atoms

  func string(_ text: String) -> Value {
    if let known = stringAtoms[text] { return Value(tag: Value.Tag.atom, payload: known) }
    let number = UInt32(atomNames.count)
    atomNames.append(text)
    atomIsModelValue.append(false)
    stringAtoms[text] = number
    return Value(tag: Value.Tag.atom, payload: number)
  }

  func modelValue(_ name: String) -> Value {
    if let known = modelValueAtoms[name] { return Value(tag: Value.Tag.atom, payload: known) }
    let number = UInt32(atomNames.count)
    atomNames.append(name)
    atomIsModelValue.append(true)
    modelValueAtoms[name] = number
    return Value(tag: Value.Tag.atom, payload: number)
  }

  /// The model value of that name, if there is one.
  func knownModelValue(_ name: String) -> Value? {
    modelValueAtoms[name].map { Value(tag: Value.Tag.atom, payload: $0) }
  }

  /// Whether it is a string (and not a Boolean or a model value).
  @inline(__always) func isString(_ value: Value) -> Bool {
    value.tag == Value.Tag.atom && value.payload > 1 && !atomIsModelValue[Int(value.payload)]
  }

  @inline(__always) func isModelValue(_ value: Value) -> Bool {
    value.tag == Value.Tag.atom && atomIsModelValue[Int(value.payload)]
  }

  /// A string's or model value's text.
  func name(ofAtom value: Value) -> String { atomNames[Int(value.payload)] }

  // MARK: Objects

  @inline(__always) func payload(_ value: Value) -> UnsafeMutablePointer<UInt32> {
    arena + (Int(value.bits >> 3) &* 2 &+ 1)
  }

  @inline(__always) func length(_ value: Value) -> Int { Int(arena[Int(value.bits >> 3) &* 2]) }

  /// The value with that payload: the one that exists, or a new one. `words` may lie on the scratch stack or in the arena.
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
          return candidate
        }
      }
      place = (place &+ 1) & tableMask
    }
    let needed = (count + 2) & ~1
    guard top + needed < arenaMemory.capacity - 2 else {
      throw ValueError(
        "the values of this model need more than \(arenaMemory.capacity * 4 >> 30) GiB", kind: .resource)
    }
    let result = Value(tag: tag, payload: UInt32(top / 2))
    let object = arena + top
    object[0] = UInt32(count)
    (object + 1).update(from: words, count: count)
    top += needed
    table[place] = UInt64(hash32) << 32 | UInt64(result.bits)
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
    tableMemory.release()
    tableMemory = memory
    table = bigger
    tableMask = mask
  }

  // MARK: Patience

  /// How many steps of loops may be taken before `moreSteps` is asked.
  var stepsLeft = Int.max
  /// How many more steps may be taken; nil ends the evaluation.
  var moreSteps: () -> Int? = { .max }

  /// Is called at each step of every loop whose length a specification or a user decides.
  @inline(__always) func countStep() throws {
    stepsLeft &-= 1
    if stepsLeft < 0 { try askForSteps() }
  }

  private func askForSteps() throws {
    // Without more, each further step fails as well: the evaluation comes to its end wherever failures are caught.
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
    guard scratchTop < Self.scratchWords else {
      throw ValueError("a value with more than \(Self.scratchWords) parts is too large", kind: .resource)
    }
    scratch[scratchTop] = value.bits
    scratchTop &+= 1
  }

  /// The tuple of what lies on the scratch stack from `start` on, which is taken off.
  func popTuple(from start: Int) throws -> Value {
    defer { scratchTop = start }
    return try intern(Value.Tag.tuple, scratch + start, scratchTop - start)
  }

  /// The set of what lies on the scratch stack from `start` on, in any order and perhaps with duplicates; it is taken off.
  func popSet(from start: Int) throws -> Value {
    defer { scratchTop = start }
    let count = sortAndRemoveDuplicates(scratch + start, scratchTop - start)
    return try intern(Value.Tag.set, scratch + start, count)
  }
}
