/// An expression that has no flat code: the node tree evaluates it. Frames share it; each remembers values in a table of its own.
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

  /// Nil for the value of the only part itself, as another type.
  private let node: Node?
  private let lazySlots: [Int]
  private let parts: [Part]
  private let type: FlatType
  private let encoding: FlatEncoding
  private let machine: Machine
  /// The number of words of the codes of all parts, and of a result.
  let keyWords: Int
  let resultWords: Int
  private let result: UnsafeMutablePointer<UInt64>
  private let state: UnsafeMutablePointer<UInt32>
  private let next: UnsafeMutablePointer<UInt32>

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
    result = .allocate(capacity: resultWords + 2)
    result.initialize(repeating: 0, count: resultWords + 2)
    let variables = max(1, machine.variableCount)
    state = .allocate(capacity: variables)
    state.initialize(repeating: Value.missing.bits, count: variables)
    next = .allocate(capacity: variables)
    next.initialize(repeating: Value.missing.bits, count: variables)
  }

  deinit {
    result.deallocate()
    state.deallocate()
    next.deallocate()
  }

  /// The places of what the expression reads.
  var places: [FlatPlace] { parts.map(\.place) }

  /// Writes the codes of what the expression reads, one after the other.
  func writeKey(to key: UnsafeMutablePointer<UInt64>, from frame: UnsafeMutablePointer<UInt64>) {
    var place = 0
    for part in parts {
      let (words, start) = part.place.string(in: frame)
      BitString.copy(part.type.width, from: words, at: start, to: key, at: place)
      place += part.type.width
    }
  }

  /// Evaluates the expression, and writes the code of its value. Returns false if it has no value, or its value has no code. One thread at a
  /// time uses the node tree.
  func evaluate(in frame: UnsafeMutablePointer<UInt64>, to target: UnsafeMutablePointer<UInt64>) -> Bool {
    machine.alone {
      guard evaluate(in: frame) else { return false }
      target.update(from: result, count: resultWords)
      return true
    }
  }

  private func evaluate(in frame: UnsafeMutablePointer<UInt64>) -> Bool {
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
}

/// Remembers values of a memo's expression, by the codes of what it reads.
final class MemoTable {
  private static let fewestEntries = 1 << 8
  /// The most bytes of the results that are remembered.
  private static let mostBytes = 1 << 22

  private let memo: FlatMemo
  private let keyWords: Int
  private let resultWords: Int
  /// Each entry has the parts' codes and the result's code. A new result takes the place of the one that is there.
  private var entries: UnsafeMutablePointer<UInt64>
  private var isTaken: UnsafeMutablePointer<Bool>
  private var capacity = fewestEntries
  private let key: UnsafeMutablePointer<UInt64>
  /// How often the expression was evaluated.
  private var evaluations = 0

  init(_ memo: FlatMemo) {
    self.memo = memo
    (keyWords, resultWords) = (memo.keyWords, memo.resultWords)
    entries = .allocate(capacity: capacity * (keyWords + resultWords))
    isTaken = .allocate(capacity: capacity)
    isTaken.initialize(repeating: false, count: capacity)
    key = .allocate(capacity: keyWords + 2)
    key.initialize(repeating: 0, count: keyWords + 2)
  }

  deinit {
    entries.deallocate()
    isTaken.deallocate()
    key.deallocate()
  }

  /// Writes the code of the expression's value to a block of the frame. Returns false if it has no value, or its value has no code.
  func write(to target: UnsafeMutablePointer<UInt64>, in frame: UnsafeMutablePointer<UInt64>) -> Bool {
    memo.writeKey(to: key, from: frame)
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
    evaluations &+= 1
    guard memo.evaluate(in: frame, to: target) else { return false }
    if evaluations >= 2 * capacity { grow() }
    let index = Int(truncatingIfNeeded: hash) & (capacity - 1)
    let free = entries + index * (keyWords + resultWords)
    free.update(from: key, count: keyWords)
    (free + keyWords).update(from: target, count: resultWords)
    isTaken[index] = true
    return true
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
