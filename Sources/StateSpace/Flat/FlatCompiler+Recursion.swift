import TLASemantics

/// What recursive flat code is made from.
protocol FlatRecursion: AnyObject {
  var slots: Range<Int> { get }
  var parameterSlots: [Int] { get }
}

extension RecursiveCode: FlatRecursion {}
extension RecursiveActionCode: FlatRecursion {}

/// A recursive operator or function in flat code, or a recursive action that assigns nothing, for arguments of certain types.
///
/// A call writes the arguments before it uses the code. The words of the body belong to one activation at a time: a call from inside saves
/// those that are read after it on the frame's stack, and restores them.
final class FlatFunction: FlatSubroutine {
  struct Parameter {
    var type: FlatType
    var place: FlatPlace
  }

  let operation: any FlatRecursion
  fileprivate(set) var parameters: [Parameter] = []
  /// Nil while nothing is known of the result.
  let result: Parameter?
  /// The calls from inside: the instructions that save and restore its words.
  fileprivate var saves: [(save: Int, restore: Int)] = []
  /// The words of its activation.
  fileprivate var words = 0..<0
  /// The types that its parameters should have for the calls from inside.
  fileprivate var wanted: [FlatType]
  /// The values from outside that its code reads, by their slots.
  fileprivate var captured: [Int: FlatValue] = [:]
  /// The next values of the variables where it was compiled.
  fileprivate let assigned: [FlatPlace?]

  fileprivate init(
    _ operation: any FlatRecursion, _ arguments: [FlatType], result: Parameter?, assigned: [FlatPlace?],
    entry: Int, ending: Int, returnWord: Int
  ) {
    self.operation = operation
    self.result = result
    self.assigned = assigned
    wanted = arguments
    super.init(entry: entry, ending: ending, returnWord: returnWord)
  }

  override func forgetUses(fromLabel label: Int, instruction: Int) {
    super.forgetUses(fromLabel: label, instruction: instruction)
    saves.removeAll { $0.save >= instruction }
  }

  var transfers: [FlatLiveness.Call] {
    saves.map { FlatLiveness.Call(save: $0.save, restore: $0.restore, words: words) }
  }
}

/// The types with which a recursive operator is compiled.
struct FlatSignature {
  let operation: any FlatRecursion
  let arguments: [FlatType]
  let parameters: [FlatType]
  let result: FlatType
}

/// Calls of recursive operators and functions.
extension FlatCompiler {
  /// How often the types of an operator are looked for anew. They need not fit in the end: code leaves for a value that a type does not have.
  private static var mostRounds: Int { 8 }
  /// How many times the types grow only as far as the values that were met.
  private static var exactRounds: Int { 2 }
  /// The most elements of a function's domain for which it is put together.
  private static var mostParts: Int { 32 }

  func call(_ node: RecursiveCallNode) throws -> FlatValue {
    try call(node.code, node.arguments.all.map { try value($0) })
  }

  /// The value of a recursive function for an argument. Leaves if the argument is not in the domain.
  func apply(_ operation: RecursiveCode, domain: Node, to argument: FlatValue) throws -> FlatValue {
    _ = try body(of: operation)
    let inside = label()
    try member(argument, of: value(domain), to: inside, when: true)
    add(.leave)
    place(inside)
    let arguments = operation.parameterSlots.count == 1 ? [argument] : try parts(of: argument)
    return try call(operation, arguments)
  }

  /// A recursive function with all its values.
  func function(_ node: RecursiveFunctionNode) throws -> FlatValue {
    guard !node.isNeverMade, case .constant(let set) = try value(node.domain),
      let domain = try? store.ordered(set), store.length(domain) <= Self.mostParts,
      let type = exact.type(of: store.elements(domain))
    else { throw Unsupported() }
    return .parts(
      domain: domain,
      try store.elements(domain).map { element in
        let argument = FlatValue.typed(type, try convert(.constant(element), to: type))
        return try apply(node.code, domain: node.domain, to: argument)
      })
  }

  /// Notes that the value of a slot is read.
  func noteRead(_ slot: Int, _ value: FlatValue) {
    for function in underWay.reversed() {
      if function.operation.slots.contains(slot) { return }
      function.captured[slot] = value
    }
  }

  func call(_ operation: any FlatRecursion, _ arguments: [FlatValue]) throws -> FlatValue {
    if let function = underWay.last(where: { $0.operation === operation }) {
      return try callAgain(function, arguments)
    }
    let types = try arguments.map { argument in
      guard let type = naturalType(argument) else { throw Unsupported() }
      return type
    }
    let known = subroutines.lazy.compactMap { $0 as? FlatFunction }.first { function in
      function.operation === operation
        && zip(types, function.parameters).allSatisfy { exact.join($1.type, $0) == $1.type }
        && function.assigned == scope.assigned
        && function.captured.allSatisfy { scope.known[$0]?.isSame(as: $1) ?? false }
    }
    return try enter(known ?? makeFunction(operation, types), arguments, isInside: false)
  }

  /// A call inside of the function's own body.
  private func callAgain(_ function: FlatFunction, _ arguments: [FlatValue]) throws -> FlatValue {
    guard arguments.count == function.parameters.count else { throw Unsupported() }
    for (number, argument) in arguments.enumerated() {
      if let type = naturalType(argument), let joined = exact.join(function.wanted[number], type) {
        function.wanted[number] = joined
      }
    }
    guard function.result != nil else { throw Undetermined() }
    return try enter(function, arguments, isInside: true)
  }

  private func enter(
    _ function: FlatFunction, _ arguments: [FlatValue], isInside: Bool
  ) throws -> FlatValue {
    guard let result = function.result else { throw Unsupported() }
    let codes = try zip(arguments, function.parameters).map { argument, parameter in
      let code = try convert(argument, to: parameter.type)
      // It may lie where another argument is about to be written.
      return isInside && code != parameter.place ? try copied(code) : code
    }
    let save = code.instructions.count
    if isInside { add(.save) }
    for (code, parameter) in zip(codes, function.parameters) where code != parameter.place {
      try copy(code, to: parameter.place)
    }
    use(function)
    if isInside {
      function.saves.append((save, code.instructions.count))
      add(.restore)
    }
    return .typed(result.type, try copied(result.place))
  }

  private func copied(_ code: FlatPlace) throws -> FlatPlace {
    let result = try block(code.width)
    try copy(code, to: result)
    return result
  }

  private func makeFunction(_ operation: any FlatRecursion, _ types: [FlatType]) throws -> FlatFunction {
    let signature = try signature(of: operation, for: types)
    let result = FlatFunction.Parameter(type: signature.result, place: try block(signature.result.width))
    let start = wordCount
    let function = try function(operation, types, result: result)
    try add(function) {
      try inside(function, signature.parameters) {
        try copy(self.result(of: operation, as: result.type), to: result.place)
      }
      function.words = start..<wordCount
    }
    return function
  }

  private func function(
    _ operation: any FlatRecursion, _ types: [FlatType], result: FlatFunction.Parameter?
  ) throws -> FlatFunction {
    FlatFunction(
      operation, types, result: result, assigned: scope.assigned, entry: label(), ending: label(),
      returnWord: try word())
  }

  /// Compiles something of a function's body: its parameters have places, and nothing is loaded.
  private func inside<Result>(
    _ function: FlatFunction, _ types: [FlatType], _ compile: () throws -> Result
  ) throws -> Result {
    guard function.operation.parameterSlots.count == types.count else { throw Unsupported() }
    function.parameters = try types.map { FlatFunction.Parameter(type: $0, place: try block($0.width)) }
    underWay.append(function)
    defer { underWay.removeLast() }
    scope.loads = [:]
    for slot in function.operation.slots { scope.known[slot] = nil }
    for (slot, parameter) in zip(function.operation.parameterSlots, function.parameters) {
      scope.known[slot] = .typed(parameter.type, parameter.place)
    }
    return try compile()
  }

  /// Compiles the body of a function to its end.
  private func result(of operation: any FlatRecursion, as type: FlatType) throws -> FlatPlace {
    switch operation {
    case let operation as RecursiveCode: return try converted(body(of: operation), to: type)
    case let operation as RecursiveActionCode: return try convert(countedWays(of: operation), to: type)
    default: throw Unsupported()
    }
  }

  /// The type of the body's value by itself; nil if it depends on that of a call.
  private func resultType(of operation: any FlatRecursion) throws -> FlatType? {
    switch operation {
    case let operation as RecursiveCode:
      do { return naturalType(try value(body(of: operation))) } catch is Undetermined { return nil }
    case let operation as RecursiveActionCode: return naturalType(try countedWays(of: operation))
    default: throw Unsupported()
    }
  }

  /// The type that the result has whatever the arguments are; nil if it has to be found.
  private func fixedResult(of operation: any FlatRecursion) throws -> FlatType? {
    guard let operation = operation as? RecursiveCode else { return FlatType(.integer(FlatWays.range)) }
    return try body(of: operation) is BooleanNode ? .boolean : nil
  }

  private func body(of operation: RecursiveCode) throws -> Node {
    guard let body = try? operation.compiledBody() else { throw Unsupported() }
    return body
  }

  // MARK: Types

  /// Finds types for the parameters and the result: those of the calls and of the body, which depend on each other, until nothing changes.
  private func signature(of operation: any FlatRecursion, for types: [FlatType]) throws -> FlatSignature {
    if let known = signatures.first(where: { $0.operation === operation && $0.arguments == types }) {
      return known
    }
    var parameters = types
    let fixed = try fixedResult(of: operation)
    var result = fixed
    for round in 0..<Self.mostRounds {
      let (found, arguments) = try dryRun {
        let place = try result.map { FlatFunction.Parameter(type: $0, place: try block($0.width)) }
        let function = try function(operation, parameters, result: place)
        let outer = isInferring
        isInferring = true
        defer { isInferring = outer }
        let found = try inside(function, parameters) { try resultType(of: operation) }
        return (found, function.wanted)
      }
      let wanted = zip(parameters, arguments).map { grown($0, to: $1, in: round) }
      let grownResult = try (fixed == nil ? found : nil).map { found in
        guard let old = result else { return found }
        guard let joined = exact.join(old, found) else { throw Unsupported() }
        return grown(old, to: joined, in: round)
      }
      let isSettled = wanted == parameters && (grownResult == nil || grownResult == result)
      parameters = wanted
      result = grownResult ?? result
      if isSettled { break }
    }
    guard let result else { throw Unsupported() }
    // The elements of a set may have no small type. Then all code would leave.
    if case .set(let universe) = result.shape, universe.members.isEmpty { throw Unsupported() }
    let signature = FlatSignature(
      operation: operation, arguments: types, parameters: parameters, result: result)
    signatures.append(signature)
    return signature
  }

  /// The type to take where a type has to grow. After some rounds it is larger than it has to be.
  private func grown(_ old: FlatType, to new: FlatType, in round: Int) -> FlatType {
    if old == new { return old }
    guard round >= Self.exactRounds else { return new }
    switch new.shape {
    case .integer: return FlatType(.integer(Value.smallIntegers))
    case .sequence(let element, let capacity): return FlatType(.sequence(element, capacity: 2 * capacity))
    default: return new
    }
  }
}
