import TLASemantics

/// A recursive operator or function in flat code, for arguments of certain types. Its code lies where it was called first, and is passed over
/// there.
///
/// A call writes the arguments and the number of its place, and jumps to the code, which jumps back to that place. The words of the body belong
/// to one activation at a time: a call from inside saves those that are used after it on the frame's stack, and restores them.
final class FlatFunction {
  struct Parameter {
    var type: FlatType
    var place: FlatPlace
  }

  let operation: RecursiveCode
  /// The types of the arguments of the first call.
  let arguments: [FlatType]
  fileprivate(set) var parameters: [Parameter] = []
  /// Nil while nothing is known of the result.
  fileprivate(set) var result: Parameter?
  /// The word with the number of the place that called.
  fileprivate(set) var returnWord = 0
  fileprivate(set) var entry = 0
  /// The label at which its code jumps back.
  fileprivate(set) var ending = 0
  /// The calls from inside: the instructions that save and restore its words.
  var transfers: [(save: Int, restore: Int)] = []
  /// Its instructions, and the words of its activation.
  fileprivate var instructions = 0..<0
  fileprivate var words = 0..<0
  /// Whether another function's code lies inside of its own.
  fileprivate var hasOthersInside = false
  /// The types that its parameters should have for the calls from inside.
  fileprivate var wanted: [FlatType]
  /// The values from outside that its code reads, by their slots.
  fileprivate var captured: [Int: FlatValue] = [:]
  /// The next values of the variables where it was compiled.
  fileprivate let assigned: [FlatPlace?]

  fileprivate init(_ operation: RecursiveCode, _ arguments: [FlatType], assigned: [FlatPlace?]) {
    self.operation = operation
    self.arguments = arguments
    self.assigned = assigned
    wanted = arguments
  }
}

/// The types with which a recursive operator is compiled.
struct FlatSignature {
  let operation: RecursiveCode
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

  /// Adds the jumps back to the places of the calls.
  func endFunctions() {
    for function in functions {
      place(function.ending)
      for (number, call) in calls.enumerated() where call.function === function {
        jump(.jumpIfIs, function.returnWord, to: call.label, immediate: Int64(number))
      }
      add(.leave)
    }
  }

  private func call(_ operation: RecursiveCode, _ arguments: [FlatValue]) throws -> FlatValue {
    if let function = underWay.last(where: { $0.operation === operation }) {
      return try callAgain(function, arguments)
    }
    let types = try arguments.map { argument in
      guard let type = naturalType(argument) else { throw Unsupported() }
      return type
    }
    let known = functions.first { function in
      function.operation === operation && function.arguments == types && function.assigned == scope.assigned
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
    let back = label()
    add(.constant, function.returnWord, immediate: Int64(calls.count))
    calls.append((function, back))
    let saved = scope
    jump(.jump, to: function.entry)
    place(back)
    scope = saved
    if isInside {
      function.transfers.append((save, code.instructions.count))
      add(.restore)
    }
    return .typed(result.type, try copied(result.place))
  }

  private func copied(_ code: FlatPlace) throws -> FlatPlace {
    let result = try block(code.width)
    try copy(code, to: result)
    return result
  }

  /// Says which words the calls from inside a function save: those that are used after a call and may have been written before it.
  func setTransfers(of function: FlatFunction) {
    for (save, restore) in function.transfers {
      let words = function.hasOthersInside ? function.words : wordsInUse(at: save..<restore, of: function)
      setWords(words, ofTransfer: save)
      setWords(words, ofTransfer: restore)
    }
  }

  private func wordsInUse(at call: Range<Int>, of function: FlatFunction) -> Range<Int> {
    // What runs after the call, and before it: more than what comes after and before it if it is in a loop.
    var (later, earlier) = (call.upperBound + 1, call.lowerBound)
    var isGrowing = true
    while isGrowing {
      isGrowing = false
      for number in function.instructions where code.instructions[number].operation.isJump {
        let target = Int(code.instructions[number].c)
        guard number >= later, target < later, function.instructions.contains(target),
          target != place(of: function.entry)
        else { continue }
        later = target
        earlier = function.instructions.upperBound
        isGrowing = true
      }
    }
    var written = Array(repeating: false, count: function.words.count)
    var read = written
    func note(_ words: some Swift.Sequence<Int>, in flags: inout [Bool]) {
      for word in words where function.words.contains(word) {
        flags[word - function.words.lowerBound] = true
      }
    }
    for parameter in function.parameters {
      note(
        parameter.place.base..<(parameter.place.base + (parameter.place.width + 63) / 64 + 1), in: &written)
    }
    note(CollectionOfOne(function.returnWord), in: &written)
    note(CollectionOfOne(function.returnWord), in: &read)
    for number in function.instructions.lowerBound..<earlier {
      let words = code.instructions[number].words(in: code)
      note(words.written, in: &written)
      for range in words.inMemory { note(range, in: &written) }
    }
    for number in later..<function.instructions.upperBound {
      let words = code.instructions[number].words(in: code)
      note(words.read, in: &read)
      for range in words.inMemory { note(range, in: &read) }
    }
    let used = function.words.filter { word in
      let place = word - function.words.lowerBound
      return written[place] && read[place]
    }
    return (used.first ?? 0)..<((used.last ?? -1) + 1)
  }

  private func makeFunction(_ operation: RecursiveCode, _ types: [FlatType]) throws -> FlatFunction {
    let signature = try signature(of: operation, for: types)
    let function = FlatFunction(operation, types, assigned: scope.assigned)
    let (over, saved) = (label(), scope)
    jump(.jump, to: over)
    function.result = FlatFunction.Parameter(
      type: signature.result, place: try block(signature.result.width))
    let (start, before) = (wordCount, functions.count)
    (function.entry, function.ending) = (label(), label())
    function.returnWord = try word()
    place(function.entry)
    try inside(function, signature.parameters) { body in
      let place = function.result.map(\.place)
      guard let place else { throw Unsupported() }
      try copy(converted(body, to: signature.result), to: place)
    }
    jump(.jump, to: function.ending)
    function.words = start..<wordCount
    function.instructions = (place(of: function.entry) ?? 0)..<code.instructions.count
    function.hasOthersInside = functions.count > before
    place(over)
    scope = saved
    functions.append(function)
    return function
  }

  /// Compiles something of a function's body: its parameters have places, and nothing is loaded.
  private func inside<Result>(
    _ function: FlatFunction, _ types: [FlatType], _ compile: (Node) throws -> Result
  ) throws -> Result {
    let body = try body(of: function.operation)
    guard function.operation.parameterSlots.count == types.count else { throw Unsupported() }
    function.parameters = try types.map { FlatFunction.Parameter(type: $0, place: try block($0.width)) }
    underWay.append(function)
    defer { underWay.removeLast() }
    scope.loads = [:]
    for slot in function.operation.slots { scope.known[slot] = nil }
    for (slot, parameter) in zip(function.operation.parameterSlots, function.parameters) {
      scope.known[slot] = .typed(parameter.type, parameter.place)
    }
    return try compile(body)
  }

  private func body(of operation: RecursiveCode) throws -> Node {
    guard let body = try? operation.compiledBody() else { throw Unsupported() }
    return body
  }

  // MARK: Types

  /// Finds types for the parameters and the result: those of the calls and of the body, which depend on each other, until nothing changes.
  private func signature(of operation: RecursiveCode, for types: [FlatType]) throws -> FlatSignature {
    if let known = signatures.first(where: { $0.operation === operation && $0.arguments == types }) {
      return known
    }
    var parameters = types
    var result = try body(of: operation) is BooleanNode ? FlatType.boolean : nil
    for round in 0..<Self.mostRounds {
      let function = FlatFunction(operation, parameters, assigned: scope.assigned)
      let found = try dryRun {
        (function.entry, function.ending) = (label(), label())
        function.returnWord = try word()
        function.result = try result.map { FlatFunction.Parameter(type: $0, place: try block($0.width)) }
        let outer = isInferring
        isInferring = true
        defer { isInferring = outer }
        return try inside(function, parameters) { body in
          do { return naturalType(try value(body)) } catch is Undetermined { return nil }
        }
      }
      let wanted = zip(parameters, function.wanted).map { grown($0, to: $1, in: round) }
      let grownResult = try found.map { found in
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
