import TLASyntax

/// The values of an expression that has no flat code, by the codes of what it reads. The node tree evaluates it for codes that are not
/// remembered.
final class FlatMemo {
  /// Something that the expression reads.
  struct Part {
    enum Source {
      case variable(Int)
      case nextVariable(Int)
      case slot(Int)
      case value
    }

    let source: Source
    let type: FlatType
    let place: FlatPlace
    let cache: CodeCache
  }

  private static let fewestEntries = 1 << 8
  /// The most bytes of the results that are remembered.
  private static let mostBytes = 1 << 22

  /// Nil for the value of the only part itself, as another type.
  private let node: Node?
  private let lazySlots: [Int]
  private let parts: [Part]
  private let type: FlatType
  private let encoding: FlatEncoding
  private let machine: Machine
  /// The number of words of the codes of all parts, and of a result.
  private let keyWords: Int
  let resultWords: Int
  /// Each entry has the parts' codes and the result's code. A new result takes the place of the one that is there.
  private var entries: UnsafeMutablePointer<UInt64>
  private var isTaken: UnsafeMutablePointer<Bool>
  private var capacity = fewestEntries
  private let key: UnsafeMutablePointer<UInt64>
  private let result: UnsafeMutablePointer<UInt64>
  private let state: UnsafeMutablePointer<UInt32>
  private let next: UnsafeMutablePointer<UInt32>

  /// How often the node tree evaluated the expression.
  private(set) var evaluations = 0

  /// The expression's place; nil if only a value gets another code.
  var span: SourceSpan? { node?.site.span }

  init(
    _ node: Node?, _ parts: [Part], lazySlots: [Int], as type: FlatType, _ encoding: FlatEncoding,
    _ machine: Machine
  ) {
    self.node = node
    self.parts = parts
    self.lazySlots = lazySlots
    self.type = type
    self.encoding = encoding
    self.machine = machine
    keyWords = (parts.reduce(0) { $0 + $1.type.width } + 63) / 64
    resultWords = max(1, (type.width + 63) / 64)
    entries = .allocate(capacity: capacity * (keyWords + resultWords))
    isTaken = .allocate(capacity: capacity)
    isTaken.initialize(repeating: false, count: capacity)
    key = .allocate(capacity: keyWords + 2)
    key.initialize(repeating: 0, count: keyWords + 2)
    result = .allocate(capacity: resultWords + 2)
    result.initialize(repeating: 0, count: resultWords + 2)
    let variables = max(1, machine.variableCount)
    state = .allocate(capacity: variables)
    state.initialize(repeating: Value.missing.bits, count: variables)
    next = .allocate(capacity: variables)
    next.initialize(repeating: Value.missing.bits, count: variables)
  }

  deinit {
    entries.deallocate()
    isTaken.deallocate()
    key.deallocate()
    result.deallocate()
    state.deallocate()
    next.deallocate()
  }

  /// The places of what the expression reads.
  var places: [FlatPlace] { parts.map(\.place) }

  /// Writes the code of the expression's value to a block of the frame. Returns false if it has no value, or its value has no code.
  func write(
    to target: UnsafeMutablePointer<UInt64>, in frame: UnsafeMutablePointer<UInt64>
  ) -> Bool {
    var place = 0
    for part in parts {
      let (words, start) = part.place.string(in: frame)
      BitString.copy(part.type.width, from: words, at: start, to: key, at: place)
      place += part.type.width
    }
    var hash: UInt64 = 0
    for index in 0..<keyWords {
      hash = (hash ^ key[index]) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 32
    }
    let known = Int(truncatingIfNeeded: hash) & (capacity - 1)
    let entry = entries + known * (keyWords + resultWords)
    if isTaken[known], (0..<keyWords).allSatisfy({ entry[$0] == key[$0] }) {
      target.update(from: entry + keyWords, count: resultWords)
      return true
    }
    guard evaluate(in: frame) else { return false }
    if evaluations >= 2 * capacity { grow() }
    let index = Int(truncatingIfNeeded: hash) & (capacity - 1)
    let free = entries + index * (keyWords + resultWords)
    free.update(from: key, count: keyWords)
    (free + keyWords).update(from: result, count: resultWords)
    isTaken[index] = true
    target.update(from: result, count: resultWords)
    return true
  }

  /// Evaluates the expression on the node tree. Returns false if it has no value, or its value has no code.
  private func evaluate(in frame: UnsafeMutablePointer<UInt64>) -> Bool {
    evaluations &+= 1
    let (store, oldState, oldNext) = (machine.store, machine.state, machine.next)
    let scratch = store.scratchTop
    defer {
      store.scratchTop = scratch
      (machine.state, machine.next) = (oldState, oldNext)
    }
    for slot in lazySlots { machine.slots[slot] = Value.missing.bits }
    var evaluated: Value?
    for part in parts {
      let (words, start) = part.place.string(in: frame)
      let known = try? part.cache.value(
        words, at: start, decode: { try encoding.decode(part.type, words, at: start) })
      guard let value = known ?? nil else { return false }
      evaluated = value
      switch part.source {
      case .variable(let variable): state[variable] = value.bits
      case .nextVariable(let variable): next[variable] = value.bits
      case .slot(let slot): machine.slots[slot] = value.bits
      case .value: break
      }
    }
    (machine.state, machine.next) = (UnsafePointer(state), next)
    if let node { evaluated = try? node.evaluate(machine) }
    // A state's sets are enumerated.
    guard let found = evaluated,
      let value = found.tag == Value.Tag.symbolicSet ? try? store.enumerated(found) : found
    else { return false }
    store.keep(value)
    result.update(repeating: 0, count: resultWords)
    return encoding.encode(value, as: type, to: result, at: 0)
  }

  /// Makes room for more results, and forgets those that it has. Does nothing if that would take too much memory.
  private func grow() {
    guard 4 * capacity * (keyWords + resultWords) * 8 <= Self.mostBytes else { return }
    entries.deallocate()
    isTaken.deallocate()
    capacity *= 4
    entries = .allocate(capacity: capacity * (keyWords + resultWords))
    isTaken = .allocate(capacity: capacity)
    isTaken.initialize(repeating: false, count: capacity)
  }
}
