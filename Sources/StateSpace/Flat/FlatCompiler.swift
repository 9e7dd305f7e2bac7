/// An expression's value as flat code has it.
indirect enum FlatValue {
  case constant(Value)
  /// A code at a place.
  case typed(FlatType, FlatPlace)
  /// An integer in a word, with the range in which it lies.
  case number(Int, ClosedRange<Int>)
  /// A function, record or tuple that is not put together.
  case parts(domain: Value, [FlatValue])
  /// A set that is not put together; there may be equal ones among its elements.
  case elements([FlatValue])
  /// The integers from one to another.
  case interval(FlatValue, FlatValue)
  /// The subsets of a set, which has a type of sets and lies at a place.
  case subsets(FlatType, FlatPlace)
  /// The tuples of an element of each set.
  case product([FlatValue])
}

extension FlatValue {
  /// Whether both are certainly the same.
  func isSame(as other: FlatValue) -> Bool {
    switch (self, other) {
    case (.constant(let mine), .constant(let theirs)): mine == theirs
    case (.typed(let mine, let place), .typed(let theirs, let other)): mine === theirs && place == other
    case (.number(let mine, let range), .number(let theirs, let other)): mine == theirs && range == other
    case (.parts(let mine, let parts), .parts(let theirs, let others)):
      mine == theirs && Self.areSame(parts, others)
    case (.elements(let mine), .elements(let theirs)): Self.areSame(mine, theirs)
    case (.interval(let first, let last), .interval(let start, let end)):
      first.isSame(as: start) && last.isSame(as: end)
    case (.product(let mine), .product(let theirs)): Self.areSame(mine, theirs)
    case (.subsets(let mine, let place), .subsets(let theirs, let other)): mine === theirs && place == other
    default: false
    }
  }

  private static func areSame(_ values: [FlatValue], _ others: [FlatValue]) -> Bool {
    values.count == others.count && zip(values, others).allSatisfy { $0.isSame(as: $1) }
  }
}

/// Compiles actions and conditions to flat code, for states with a given layout.
///
/// Where it cannot compile something, or something has no value, the code leaves: the node tree takes the whole action. So flat code never
/// has to make a message, and it may leave whenever it likes.
final class FlatCompiler {
  /// Thrown for something that has no flat code.
  struct Unsupported: Error {}

  /// Thrown for a call whose result has no type yet.
  struct Undetermined: Error {}

  /// The code of one entry is far too long.
  private struct TooLong: Error {}

  /// The most instructions of one entry.
  private static let longest = 1 << 15

  /// Facts that hold where code is added. Where paths meet, only the facts of all of them hold.
  struct Scope {
    /// The values of slots.
    var known: [Int: FlatValue] = [:]
    /// The words into which codes of the state were loaded.
    var loads: [LoadedPlace: Int] = [:]
    /// The next values of the variables.
    var assigned: [FlatPlace?]

    /// What is known in both.
    func common(with other: Scope) -> Scope {
      Scope(
        known: known.filter { slot, value in other.known[slot].map { $0.isSame(as: value) } ?? false },
        loads: loads.filter { place, word in other.loads[place] == word },
        assigned: zip(assigned, other.assigned).map { $0 == $1 ? $0 : nil })
    }
  }

  /// A place in the code to which jumps lead.
  private struct Label {
    /// The number of the instruction; nil as long as the label is not placed.
    var place: Int?
    /// What is known at every jump to it so far.
    var scope: Scope?
  }

  struct LoadedPlace: Hashable {
    let base: Int
    let offset: Int
    let width: Int
  }

  let machine: Machine
  let layout: FlatLayout
  let encoding: FlatEncoding
  /// Finds types for values of the code, which need no room for others.
  let exact: FlatInference
  var scope: Scope
  private(set) var code = FlatCode()
  let variableSets: [(type: FlatType, element: FlatType)]
  private var nextWord: Int
  private var labels: [Label] = []
  /// What was known at labels before each jump to them was added, so that code can be taken back with what it changed there.
  private var earlierScopes: [(label: Int, scope: Scope?)] = []
  private var jumps: [(instruction: Int, label: Int)] = []
  /// The number of the instruction at which a label was placed last.
  private var lastPlace = -1
  private var entryStart = 0
  private let isOptimizing: Bool
  private var comparable: [ObjectIdentifier: Bool] = [:]
  /// Keeps the types whose comparability is remembered.
  private var rememberedTypes: [FlatType] = []
  private var dryRuns = 0
  /// The label to which an action leads that is only tested for being enabled; nil for one that gives states.
  var enabled: Int?
  private var caches: [ObjectIdentifier: CodeCache] = [:]
  /// Where tables were added. Code that was taken back may have had them.
  private var tables: [[Int64]: Int] = [:]

  /// The entry's subroutines whose code is complete.
  var subroutines: [FlatSubroutine] = []
  /// The functions whose bodies are being compiled.
  var underWay: [FlatFunction] = []
  var signatures: [FlatSignature] = []
  /// The definitions for which the entry should have room, and the room for these.
  var wanted: [FlatDefinition.Wanted] = []
  var rooms: [FlatDefinition.Room] = []
  /// The recursive action whose ways are being counted; nil while successors are made.
  var ways: FlatWays?
  /// Whether types are looked for that an operator's result may have.
  var isInferring = false

  var store: ValueStore { machine.store }

  init(_ layout: FlatLayout, _ machine: Machine, isOptimizing: Bool) {
    self.isOptimizing = isOptimizing
    self.layout = layout
    self.machine = machine
    encoding = FlatEncoding(store: machine.store)
    exact = FlatInference(encoding, hasRoom: false)
    scope = Scope(assigned: Array(repeating: nil, count: layout.types.count))
    variableSets = layout.types.flatMap(Self.sets)
    nextWord = 2 * layout.frameWords
    for row in [0, layout.frameWords] { code.blocks[row] = row..<(row + layout.frameWords) }
  }

  // MARK: Entries

  /// Compiles an action; nil if it would be too long, or does nothing but leave.
  func entry(_ action: ActionNode) -> Range<Int>? {
    entry {
      try orLeave { try run(action) }
      add(.end, immediate: 1)
    }
  }

  /// Compiles a condition on a state, or on a step to the state whose row lies where an action puts one together.
  func entry(_ condition: Node, ofStep: Bool = false) -> Range<Int>? {
    entry {
      if ofStep {
        scope.assigned = layout.types.indices.map { layout.place(of: $0, inRowAt: layout.frameWords) }
      }
      let otherwise = label()
      try orLeave { try branch(condition, to: otherwise, when: false) }
      add(.end, immediate: 1)
      place(otherwise)
      add(.end, immediate: 0)
    }
  }

  /// Compiles what `body` adds, and returns its instructions; nil if it would be too long, or does nothing but leave.
  func entry(_ body: () throws -> Void) -> Range<Int>? {
    wanted = []
    let start = beginning()
    let entry = tryEntry(body)
    if wanted.isEmpty { return entry }
    subroutines = []
    reset(to: start)
    return tryEntry(body)
  }

  /// The place from which an entry begins.
  private func beginning() -> Mark {
    subroutines = []
    return mark
  }

  private func tryEntry(_ body: () throws -> Void) -> Range<Int>? {
    let mark = beginning()
    entryStart = code.instructions.count
    scope = Scope(assigned: Array(repeating: nil, count: layout.types.count))
    do {
      try beginDefinitions()
      try body()
    } catch {
      reset(to: mark)
      return nil
    }
    endSubroutines()
    // If code could not be compiled to its end, its labels have no place: a jump to them leaves.
    let outside = code.instructions.count
    add(.leave)
    for jump in jumps { code.instructions[jump.instruction].c = Int32(labels[jump.label].place ?? outside) }
    jumps = []
    labels = []
    earlierScopes = []
    if code.instructions[entryStart + rooms.count].operation == .leave {
      reset(to: mark)
      return nil
    }
    var calls = subroutines.flatMap { ($0 as? FlatFunction)?.transfers ?? [] }
    if isOptimizing { optimize(&calls, firstWord: mark.word) }
    setTransfers(calls, in: entryStart..<code.instructions.count)
    return entryStart..<code.instructions.count
  }

  /// The code of all entries.
  func finish() -> FlatCode {
    code.frameWords = nextWord + 2
    return code
  }

  // MARK: Code

  @discardableResult
  func add(
    _ operation: FlatInstruction.Operation, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0, immediate: Int64 = 0
  ) -> Int {
    code.instructions.append(
      FlatInstruction(operation: operation, a: Int32(a), b: Int32(b), c: Int32(c), immediate: immediate))
    return a
  }

  /// Adds a jump to a label.
  func jump(
    _ operation: FlatInstruction.Operation, _ a: Int = 0, _ b: Int = 0, to label: Int, immediate: Int64 = 0
  ) {
    jumps.append((code.instructions.count, label))
    add(operation, a, b, immediate: immediate)
    earlierScopes.append((label, labels[label].scope))
    labels[label].scope = labels[label].scope.map(scope.common) ?? scope
  }

  func label() -> Int {
    labels.append(Label())
    return labels.count - 1
  }

  /// The number of the instruction at which a label was placed; nil if it was not.
  func place(of label: Int) -> Int? { labels[label].place }

  /// Puts a label here. All jumps to it that lead forward must have been added.
  func place(_ label: Int) {
    if let arriving = labels[label].scope { scope = isReached ? arriving.common(with: scope) : arriving }
    labels[label].place = code.instructions.count
    lastPlace = code.instructions.count
  }

  /// Whether the last instruction leads here, or a jump to a label that was placed here does.
  private var isReached: Bool {
    if lastPlace == code.instructions.count { return true }
    switch code.instructions.last?.operation {
    case .jump, .leave, .end: return false
    default: return true
    }
  }

  /// The number of words of the frame so far.
  var wordCount: Int { nextWord }

  /// Makes the entry's code shorter, whose calls are then elsewhere.
  private func optimize(_ calls: inout [FlatLiveness.Call], firstWord: Int) {
    let words = FlatEntryWords(rows: 2 * layout.frameWords, first: firstWord, end: nextWord)
    var optimizer = FlatOptimizer(code, from: entryStart, words)
    optimizer.run()
    code.tables += optimizer.newTables
    code.instructions.replaceSubrange(entryStart..., with: optimizer.result(at: entryStart))
    calls = calls.compactMap { call in
      guard let save = optimizer.place(of: call.save - entryStart),
        let restore = optimizer.place(of: call.restore - entryStart)
      else { return nil }
      return FlatLiveness.Call(save: entryStart + save, restore: entryStart + restore, words: call.words)
    }
  }

  /// Sets the words that the calls from inside of functions save and restore.
  private func setTransfers(_ calls: [FlatLiveness.Call], in instructions: Range<Int>) {
    if calls.isEmpty { return }
    for (call, words) in zip(calls, FlatLiveness.words(savedBy: calls, in: code, instructions)) {
      let list = addTable(words)
      for instruction in [call.save, call.restore] {
        code.instructions[instruction].a = Int32(words.count)
        code.instructions[instruction].immediate = list
      }
    }
  }

  /// A new word of the frame.
  func word() throws -> Int {
    guard code.instructions.count - entryStart < Self.longest, nextWord < 1 << 18 else { throw TooLong() }
    nextWord += 1
    return nextWord - 1
  }

  /// New words of the frame for a code of that width. The bits of the last one that the code does not take are always zero. One more word
  /// follows, so that a read may go past the last one.
  func block(_ width: Int) throws -> FlatPlace {
    let first = try word()
    nextWord += (width + 63) / 64
    if width > 64 { code.blocks[first] = first..<nextWord }
    return FlatPlace(base: first, width: width, isWhole: width <= 64, isBlock: true)
  }

  /// The place of a table with those numbers, which need not be its own.
  func addTable(_ numbers: [Int]) -> Int64 {
    let table = numbers.map(Int64.init)
    if let place = tables[table], place + table.count <= code.tables.count,
      code.tables[place..<(place + table.count)].elementsEqual(table)
    {
      return Int64(place)
    }
    tables[table] = code.tables.count
    code.tables += table
    return Int64(code.tables.count - table.count)
  }

  func addBits(_ width: Int, from source: FlatPlace, to target: FlatPlace) -> Int64 {
    code.bits.append(FlatBits(width: width, target: target, source: source))
    return Int64(code.bits.count - 1)
  }

  func addMemo(_ memo: FlatMemo) -> Int64 {
    code.memos.append(memo)
    return Int64(code.memos.count - 1)
  }

  func addUniverse(_ universe: FlatType.Universe) -> Int64 {
    if let place = code.universes.firstIndex(where: { $0 === universe }) { return Int64(place) }
    code.universes.append(universe)
    return Int64(code.universes.count - 1)
  }

  /// A word with that number.
  func constantWord(_ number: UInt64) throws -> Int {
    add(.constant, try word(), immediate: Int64(bitPattern: number))
  }

  // MARK: Scopes

  /// Adds code that may be passed over: facts found in it do not hold afterwards.
  func scoped<Result>(_ body: () throws -> Result) rethrows -> Result {
    let saved = scope
    defer { scope = saved }
    return try body()
  }

  /// Adds one of several pieces of code that run one after the other: what it finds holds in those that follow, apart from next values.
  func inTurn<Result>(_ body: () throws -> Result) rethrows -> Result {
    let assigned = scope.assigned
    defer { scope.assigned = assigned }
    return try body()
  }

  /// Adds code that leaves where it cannot be compiled. Nothing runs after that place.
  func orLeave(_ body: () throws -> Void) throws {
    do { try body() } catch is Unsupported { add(.leave) } catch is Undetermined { add(.leave) }
  }

  /// Adds code by `body`, or by `otherwise` if that cannot be done.
  func attempt<Result>(_ body: () throws -> Result, otherwise: () throws -> Result) throws -> Result {
    let (mark, saved) = (mark, scope)
    do { return try body() } catch is Unsupported {
      reset(to: mark)
      scope = saved
      return try otherwise()
    }
  }

  /// Runs `body` and takes back the code that it added.
  func dryRun<Result>(_ body: () throws -> Result) throws -> Result {
    guard dryRuns < 7 else { throw Unsupported() }
    dryRuns += 1
    let mark = mark
    let saved = scope
    defer {
      dryRuns -= 1
      reset(to: mark)
      scope = saved
    }
    return try body()
  }

  private struct Mark {
    let instructions: Int
    let tables: Int
    let bits: Int
    let memos: Int
    let labels: Int
    let jumps: Int
    let earlierScopes: Int
    let subroutines: Int
    let word: Int
  }

  private var mark: Mark {
    Mark(
      instructions: code.instructions.count, tables: code.tables.count, bits: code.bits.count,
      memos: code.memos.count, labels: labels.count, jumps: jumps.count,
      earlierScopes: earlierScopes.count, subroutines: subroutines.count, word: nextWord)
  }

  private func reset(to mark: Mark) {
    code.instructions.removeLast(code.instructions.count - mark.instructions)
    code.tables.removeLast(code.tables.count - mark.tables)
    code.bits.removeLast(code.bits.count - mark.bits)
    code.memos.removeLast(code.memos.count - mark.memos)
    while earlierScopes.count > mark.earlierScopes, let (label, scope) = earlierScopes.popLast() {
      labels[label].scope = scope
    }
    labels.removeLast(labels.count - mark.labels)
    jumps.removeLast(jumps.count - mark.jumps)
    subroutines.removeLast(subroutines.count - mark.subroutines)
    for subroutine in subroutines + underWay {
      subroutine.forgetUses(fromLabel: mark.labels, instruction: mark.instructions)
    }
    for word in mark.word..<nextWord { code.blocks[word] = nil }
    nextWord = mark.word
  }

  // MARK: Codes

  /// A word with the code at a place, which is at most 64 bits wide.
  func load(_ place: FlatPlace) throws -> Int {
    if place.width == 0 { return try constantWord(0) }
    if place.isWhole { return place.base }
    let mask = Int64(bitPattern: BitString.mask(place.width))
    if let index = place.index {
      let bit =
        place.offset == 0 ? index : add(.addConstant, try word(), index, immediate: Int64(place.offset))
      return add(.loadAt, try word(), place.base, bit, immediate: mask)
    }
    let key = LoadedPlace(base: place.base, offset: place.offset, width: place.width)
    if let loaded = scope.loads[key] { return loaded }
    let (source, shift) = (place.base + place.offset / 64, place.offset % 64)
    let result = try word()
    add(shift + place.width > 64 ? .loadAcross : .load, result, source, shift, immediate: mask)
    scope.loads[key] = result
    return result
  }

  /// Writes a word to a place of at most 64 bits.
  func store(_ source: Int, to place: FlatPlace) throws {
    if place.width == 0 { return }
    let mask = Int64(bitPattern: BitString.mask(place.width))
    if let index = place.index {
      let bit =
        place.offset == 0 ? index : add(.addConstant, try word(), index, immediate: Int64(place.offset))
      add(.storeAt, place.base, bit, source, immediate: mask)
    } else {
      let (target, shift) = (place.base + place.offset / 64, place.offset % 64)
      add(shift + place.width > 64 ? .storeAcross : .store, target, shift, source, immediate: mask)
    }
  }

  /// Copies a code to a place of the same width.
  func copy(_ source: FlatPlace, to target: FlatPlace) throws {
    if source.width <= 64 {
      let word = try load(source)
      if target.isWhole { add(.move, target.base, word) } else { try store(word, to: target) }
      return
    }
    if source.index == nil, target.index == nil, source.offset % 64 == 0, target.offset == 0, target.isBlock {
      let count = (source.width + 63) / 64
      add(.copyWords, target.base, source.base + source.offset / 64, count)
      if source.width % 64 != 0, !source.isBlock {
        let last = target.base + count - 1
        add(.andConstant, last, last, immediate: Int64(bitPattern: BitString.mask(source.width % 64)))
      }
    } else {
      add(.copyBits, immediate: addBits(source.width, from: source, to: target))
    }
  }

  /// The words of a code of more than 64 bits, which begins at the first one.
  func words(of place: FlatPlace) throws -> Range<Int> {
    var aligned = place
    if !place.isBlock {
      aligned = try block(place.width)
      try copy(place, to: aligned)
    }
    return aligned.base..<(aligned.base + (place.width + 63) / 64)
  }

  /// A block of zeros.
  func zeros(_ width: Int) throws -> FlatPlace {
    let place = try block(width)
    add(.clearWords, place.base, 0, max(1, (width + 63) / 64))
    return place
  }

  /// The place with a dynamic distance added.
  func moved(_ place: FlatPlace, by bits: Int) throws -> FlatPlace {
    var result = place
    result.isWhole = false
    result.isBlock = false
    result.index = try place.index.map { add(.add, try word(), $0, bits) } ?? bits
    return result
  }

  /// Remembers the values of a type's codes.
  func cache(for type: FlatType) -> CodeCache {
    if let known = caches[ObjectIdentifier(type)] { return known }
    let cache = CodeCache(width: type.width)
    caches[ObjectIdentifier(type)] = cache
    rememberedTypes.append(type)
    return cache
  }

  /// Whether two values of a type can be compared without an error.
  func isComparable(_ type: FlatType) -> Bool {
    if let known = comparable[ObjectIdentifier(type)] { return known }
    let result: Bool
    switch type.shape {
    case .integer: result = true
    case .atom(let values):
      result = values.allSatisfy { left in values.allSatisfy { (try? store.equal(left, $0)) != nil } }
    case .set(let universe): result = isComparable(universe.element)
    case .function(_, let parts): result = parts.allSatisfy(isComparable)
    case .map(_, let part): result = isComparable(part)
    case .sequence(let element, let capacity): result = capacity == 0 || isComparable(element)
    case .union(let types):
      result =
        types.allSatisfy(isComparable)
        && types.enumerated().allSatisfy { first in
          types[(first.offset + 1)...].allSatisfy { isComparable(first.element, with: $0) }
        }
    case .word: result = false
    }
    comparable[ObjectIdentifier(type)] = result
    rememberedTypes.append(type)
    return result
  }

  /// Whether values of two different kinds can be compared.
  private func isComparable(_ left: FlatType, with right: FlatType) -> Bool {
    func isUntyped(_ type: FlatType) -> Bool {
      guard case .atom(let values) = type.shape else { return false }
      return values.allSatisfy { store.isModelValue($0) && store.modelValueType($0) == 0 }
    }
    if isUntyped(left) || isUntyped(right) { return true }
    guard case .function(let mine, _) = left.shape, case .function(let theirs, _) = right.shape else {
      return false
    }
    func isRecord(_ domain: Value) -> Bool { store.elements(domain).allSatisfy(store.isString) }
    return isRecord(mine) && isRecord(theirs)
  }
}
