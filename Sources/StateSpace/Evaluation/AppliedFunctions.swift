/// Functions that are applied without being built. As in TLC, where functions are lazy, only what the arguments need is evaluated. So a
/// function over `Nat` has values, and a recursive function may use parts of its other values.
extension Node {
  /// Applies a value to the arguments one after the other.
  final func apply(_ value: Value, to arguments: ArraySlice<Value>, _ machine: Machine) throws -> Value {
    var result = value
    var place = LastPlace()
    for argument in arguments { result = try here { try machine.store.apply(result, argument, &place) } }
    return result
  }
}

/// `f[e]` where f need not be built.
final class LazyApplicationNode: Node {
  let function: Node
  let argument: Node

  init(_ function: Node, _ argument: Node, _ site: Site) {
    self.function = function
    self.argument = argument
    super.init(site)
  }

  override var isLazyFunction: Bool { true }
  override var isInfiniteFunction: Bool { function.givesInfiniteFunctions }
  override var givesInfiniteFunctions: Bool { function.givesInfiniteFunctions }

  override func evaluate(_ machine: Machine) throws -> Value {
    try function.applied(to: [argument.evaluate(machine)], machine)
  }

  override func applied(to arguments: ArraySlice<Value>, _ machine: Machine) throws -> Value {
    try function.applied(to: [argument.evaluate(machine)] + arguments, machine)
  }
}

/// `[f EXCEPT ![a] = e]` where f need not be built. An `@` in `e` is applied separately.
final class LazyUpdateNode: Node {
  let function: Node
  let argument: Node
  let value: Node

  init(_ function: Node, at argument: Node, _ value: Node, _ site: Site) {
    self.function = function
    self.argument = argument
    self.value = value
    super.init(site)
  }

  override var isLazyFunction: Bool { true }
  override var isInfiniteFunction: Bool { function.isInfiniteFunction }
  override var givesInfiniteFunctions: Bool {
    function.givesInfiniteFunctions || value.isInfiniteFunction
  }

  override func evaluate(_ machine: Machine) throws -> Value {
    let old = try function.evaluate(machine)
    let place = try argument.evaluate(machine)
    var last = LastPlace()
    guard let index = machine.store.argumentIndex(old, place, &last) else { return old }
    let new = try value.evaluate(machine)
    return try here { try machine.store.replacing(old, at: index, with: machine.store.part(new)) }
  }

  override func applied(to arguments: ArraySlice<Value>, _ machine: Machine) throws -> Value {
    guard let first = arguments.first else { return try evaluate(machine) }
    let place = try argument.evaluate(machine)
    guard try here({ try machine.store.equal(place, first) }) else {
      return try function.applied(to: arguments, machine)
    }
    return try value.applied(to: arguments.dropFirst(), machine)
  }
}

/// A function whose domain is known without building the function.
protocol DescribedFunction: Node {
  func describedDomain(_ machine: Machine) throws -> Value
}

extension FunctionLiteralNode: DescribedFunction {}
extension TabulatedFunctionNode: DescribedFunction {}
extension RecursiveFunctionNode: DescribedFunction {}

/// `DOMAIN [x \in S |-> e]`
final class DescribedDomainNode: Node {
  let function: any DescribedFunction

  init(_ function: any DescribedFunction, _ site: Site) {
    self.function = function
    super.init(site)
  }

  override func evaluate(_ machine: Machine) throws -> Value { try function.describedDomain(machine) }
}
