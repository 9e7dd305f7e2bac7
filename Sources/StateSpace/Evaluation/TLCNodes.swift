import BigInt
import TLASemantics

/// `TLCGet(i)`: a register or, for a string, something about the run.
final class RegisterNode: Node {
  private let key: Node
  private let isPrimed: Bool

  init(_ key: Node, isPrimed: Bool, _ site: Site) {
    self.key = key
    self.isPrimed = isPrimed
    super.init(site)
  }

  override func evaluate(_ machine: Machine) throws -> Value {
    let key = try key.evaluate(machine)
    guard let value = try Self.content(of: key, isPrimed: isPrimed, machine, site) else {
      throw site.failure("TLCGet(\(machine.store.describe(key))) has no value here", .library)
    }
    return value
  }

  static func content(of key: Value, isPrimed: Bool, _ machine: Machine, _ site: Site) throws -> Value? {
    let store = machine.store
    if let kept = machine.registers[key] { return kept }
    if key.isInteger { return nil }
    guard store.isString(key) else {
      throw site.failure(
        "the argument of TLCGet is \(store.describe(key)), and neither a number nor a string", .library)
    }
    let name = store.name(ofAtom: key)
    switch name {
    case "all", "all:named":
      // As in TLC with one worker: for each register a sequence of one value.
      return try all(machine, site) { name == "all" ? $0.isInteger : store.isString($0) }
    case "level":
      guard machine.hasState else { return Value(small: 0) }
      return machine.facts?.level(of: machine.state).map { Value(small: isPrimed ? $0 + 1 : $0) }
    case _ where name.hasPrefix("-D"): return store.string(systemProperties[name] ?? name)
    default:
      guard let value = machine.facts?.value(of: name) else { return nil }
      do { return try store.value(value) } catch let error as ValueError { throw site.failure(error) }
    }
  }

  /// The properties that every system has. As in TLC, another property is its own name until it is set.
  private static let systemProperties = [
    "-Dfile.separator": "/", "-Dpath.separator": ":", "-Dline.separator": "\n",
  ]
}

extension RegisterNode {
  private static func all(_ machine: Machine, _ site: Site, where isWanted: (Value) -> Bool) throws -> Value {
    let store = machine.store
    do {
      return try store.function(
        machine.registers.filter { isWanted($0.key) }.sorted { $0.key.bits < $1.key.bits }.map {
          ($0.key, try store.tuple(of: [$0.value]))
        })
    } catch let error as ValueError { throw site.failure(error) }
  }
}

/// `TLCGetOrDefault(i, e)`
final class RegisterOrDefaultNode: Node {
  private let key: Node
  private let other: Node
  private let isPrimed: Bool

  init(_ key: Node, _ other: Node, isPrimed: Bool, _ site: Site) {
    self.key = key
    self.other = other
    self.isPrimed = isPrimed
    super.init(site)
  }

  override func evaluate(_ machine: Machine) throws -> Value {
    try RegisterNode.content(of: key.evaluate(machine), isPrimed: isPrimed, machine, site)
      ?? other.evaluate(machine)
  }
}

/// `TLCSet(i, e)`, whose value is TRUE, or `TLCGetAndSet(i, Op, e, d)`, whose value is the old contents of the register.
final class SetRegisterNode: Node {
  private let key: Node
  private let value: Node
  /// For `TLCGetAndSet`: the operator's slots for the old value and `e`, its body, and the value of an empty register.
  private let update: (slots: [Int], body: Node, initial: Node)?

  init(_ key: Node, _ value: Node, update: (slots: [Int], body: Node, initial: Node)? = nil, _ site: Site) {
    self.key = key
    self.value = value
    self.update = update
    super.init(site)
  }

  override func evaluate(_ machine: Machine) throws -> Value {
    let key = try key.evaluate(machine)
    let value = try value.evaluate(machine)
    let store = machine.store
    let name = store.isString(key) ? store.name(ofAtom: key) : nil
    if name == "exit", update == nil {
      if value == .yes { machine.facts?.end() }
      return .yes
    }
    // The check cannot be paused from inside.
    if name == "pause", update == nil { return .yes }
    let isNamed = name.map { $0.hasPrefix("s:") || $0.hasPrefix("-D") } ?? false
    guard isNamed || key.isInteger && key.integer >= 0 else {
      throw site.failure(
        "the first argument of TLCSet should be a natural number, and is \(machine.store.describe(key))",
        .library)
    }
    guard let update else {
      machine.store.keep(value)
      machine.registers[key] = value
      return .yes
    }
    let old = try machine.registers[key] ?? update.initial.evaluate(machine)
    machine.slots[update.slots[0]] = old.bits
    machine.slots[update.slots[1]] = value.bits
    let new = try update.body.evaluate(machine)
    machine.store.keep(new)
    machine.registers[key] = new
    return old
  }
}

/// `Trace`: the states of the behavior that leads to the current state, as records.
final class TraceNode: Node {
  private let variables: [String]

  init(variables: [String], _ site: Site) {
    self.variables = variables
    super.init(site)
  }

  override func evaluate(_ machine: Machine) throws -> Value {
    guard machine.hasState else {
      throw site.failure("Trace has no value before every variable has one", .library)
    }
    guard let rows = machine.facts?.behavior(to: machine.state) else {
      throw site.failure("Trace has no value here: nobody knows how this state is reached", .library)
    }
    let store = machine.store
    return try here {
      let states = try rows.map { row in
        try store.function(zip(variables, row).map { (store.string($0), Value(bits: $1)) })
      }
      return try store.tuple(of: states)
    }
  }
}

/// `CounterExample`: the violation that was found, as a graph of states and steps.
final class CounterexampleNode: Node {
  override func evaluate(_ machine: Machine) throws -> Value {
    let value = machine.facts?.counterexample ?? .counterexample()
    return try here { try machine.store.value(value) }
  }
}

/// `ToTrace(c)`: the states of a counterexample, in their order.
final class ToTraceNode: Node {
  private let counterexample: Node

  init(_ counterexample: Node, _ site: Site) {
    self.counterexample = counterexample
    super.init(site)
  }

  override func evaluate(_ machine: Machine) throws -> Value {
    let value = try counterexample.evaluate(machine)
    guard case .record(let fields) = machine.store.plain(value),
      case .set(let states)? = fields.first(where: { $0.name == "state" })?.value
    else {
      throw site.failure(
        "the argument of ToTrace is \(machine.store.describe(value)), and not a counterexample", .library)
    }
    // The states are pairs of a number and a record, and a set is in the order of the numbers.
    let records = states.compactMap { pair -> PlainValue? in
      if case .tuple(let parts) = pair, parts.count == 2 { parts[1] } else { nil }
    }
    return try here { try machine.store.value(.tuple(records)) }
  }
}

/// `AssertError(message, e)`: whether the evaluation of `e` fails. Each checker words failures in its own way, so `message` is not
/// compared.
final class AssertErrorNode: BooleanNode {
  private let expression: Node

  init(_ expression: Node, _ site: Site) {
    self.expression = expression
    super.init(site)
  }

  override func test(_ machine: Machine) throws -> Bool {
    do {
      _ = try expression.evaluate(machine)
      return false
    } catch let failure as EvaluationFailure where failure.kind != .resource {
      return true
    }
  }
}

/// `RandomElement(S)`, `RandomSubset(k, S)`, `RandomSetOfSubsets(k, n, S)`, `TestRandomSetOfSubsets(k, n, S)`
final class RandomNode: BuiltinNode {
  override func evaluate(_ machine: Machine) throws -> Value {
    let store = machine.store
    let values = try values(machine)
    if builtin == .randomElement, values[0] == store.emptySet {
      throw site.failure("RandomElement is asked for an element of the empty set")
    }
    return try inLibrary {
      guard let set = values.last, store.isSet(set) else {
        throw ValueError(
          "a set is expected here, and the value is \(values.last.map(store.describe) ?? "missing")")
      }
      let size = try store.cardinality(set)
      switch builtin {
      case .randomElement:
        return try store.element(machine.random.number(below: size), of: set)
      case .randomSubset:
        let count = try store.smallNumber(values[0], "the first argument of RandomSubset")
        guard count >= 0, BigInt(count) <= size else {
          throw ValueError("a set of \(size) elements has no subset of \(count)")
        }
        return try subset(count, of: set, size, machine)
      default:
        let count = try store.smallNumber(values[0], "the first argument of RandomSetOfSubsets")
        let mean = try store.smallNumber(values[1], "the second argument of RandomSetOfSubsets")
        guard count >= 0, mean >= 0, BigInt(mean) <= size else {
          throw ValueError("subsets with \(mean) of \(size) elements on average cannot be made")
        }
        let members = store.elements(try store.enumerated(set))
        func subsets() throws -> Value {
          try store.set(
            of: (0..<count).map { _ in
              try store.set(of: members.filter { _ in machine.random.number(below: size) < BigInt(mean) })
            })
        }
        if builtin == .randomSetOfSubsets { return try subsets() }
        let start = store.scratchTop
        for _ in 0..<5 { try store.push(store.integer(store.length(subsets()))) }
        return try store.popTuple(from: start)
      }
    }
  }

  private func subset(_ count: Int, of set: Value, _ size: BigInt, _ machine: Machine) throws -> Value {
    if BigInt(2 * count) > size {
      let members = machine.store.elements(try machine.store.enumerated(set))
      return try machine.store.set(of: members.shuffled(using: &machine.random).prefix(count))
    }
    var chosen: Set<BigInt> = []
    while chosen.count < count { chosen.insert(machine.random.number(below: size)) }
    return try machine.store.set(of: chosen.map { try machine.store.element($0, of: set) })
  }
}

extension ValueStore {
  /// The element with that number, below the set's size, in an order of its own. The set is finite and is not enumerated for this.
  func element(_ number: BigInt, of set: Value) throws -> Value {
    if let base = base(ofPowerset: set) {
      let members = elements(try enumerated(base))
      return try self.set(of: members.indices.lazy.filter { number >> $0 & 1 == 1 }.map { members[$0] })
    }
    if let first = first(ofInterval: set) { return try integer(first + number) }
    guard let (sets, domain) = try choices(of: set) else {
      return Value(bits: payload(try enumerated(set))[Int(number)])
    }
    var rest = number
    let start = scratchTop
    do {
      for set in sets {
        let (quotient, digit) = rest.quotientAndRemainder(dividingBy: try cardinality(set))
        try push(part(element(digit, of: set)))
        rest = quotient
      }
    } catch {
      scratchTop = start
      throw error
    }
    return try domain.map { try popFunction(domain: $0, from: start) } ?? popTuple(from: start)
  }
}
