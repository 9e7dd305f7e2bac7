import TLASyntax

/// The position of an argument in a domain, remembered from a node's last look-up.
struct LastPlace {
  var domain = Value.missing.bits
  var argument = Value.missing.bits
  var index = 0
}

/// Functions of every form: tuples, records, and others.
extension ValueStore {
  /// The number of arguments.
  @inline(__always) func functionCount(_ function: Value) -> Int {
    function.tag == Value.Tag.tuple ? length(function) : length(function) - 1
  }

  @inline(__always) func functionArgument(_ function: Value, _ index: Int) -> Value {
    if function.tag == Value.Tag.tuple { return Value(small: index + 1) }
    return Value(bits: payload(Value(bits: payload(function)[0]))[index])
  }

  @inline(__always) func functionValue(_ function: Value, _ index: Int) -> Value {
    Value(bits: payload(function)[function.tag == Value.Tag.tuple ? index : index + 1])
  }

  /// `DOMAIN function`
  func domain(_ function: Value) throws -> Value {
    guard function.isFunction else {
      throw ValueError("\(describe(function)) has no DOMAIN: it is not a function", code: .domain)
    }
    if function.tag == Value.Tag.tuple { return try interval(1, length(function)) }
    return Value(bits: payload(function)[0])
  }

  /// The position of an argument; nil if it is outside the domain.
  @inline(__always) func argumentIndex(_ function: Value, _ argument: Value) -> Int? {
    if function.tag == Value.Tag.tuple {
      guard argument.isInteger else { return nil }
      let index = argument.integer &- 1
      return index >= 0 && index < length(function) ? index : nil
    }
    return position(of: argument, in: Value(bits: payload(function)[0]))
  }

  /// The same, but the last domain and argument are remembered, because many functions have the same domain.
  @inline(__always) func argumentIndex(_ function: Value, _ argument: Value, _ last: inout LastPlace) -> Int?
  {
    if function.tag == Value.Tag.tuple { return argumentIndex(function, argument) }
    let domain = payload(function)[0]
    if domain == last.domain, argument.bits == last.argument { return last.index }
    guard let index = position(of: argument, in: Value(bits: domain)) else { return nil }
    if domain < transientFloor, argument.bits < transientFloor {
      last = LastPlace(domain: domain, argument: argument.bits, index: index)
    }
    return index
  }

  /// Throws if an argument outside the domain cannot be compared with the domain's elements, as TLC does when it looks for it. Elements of
  /// one domain are of one kind, so the first ones suffice.
  func compare(_ argument: Value, withDomainOf function: Value) throws {
    if function.tag == Value.Tag.tuple {
      if length(function) > 0 { _ = try equal(argument, Value(small: 1)) }
    } else {
      let domain = Value(bits: payload(function)[0])
      for index in 0..<min(length(domain), 32) {
        _ = try equal(argument, Value(bits: payload(domain)[index]))
      }
    }
  }

  /// `function[argument]`, with the position found last.
  @inline(__always) func apply(_ function: Value, _ argument: Value, _ last: inout LastPlace) throws -> Value
  {
    if function.isFunction, let index = argumentIndex(function, argument, &last) {
      return functionValue(function, index)
    }
    return try applySlowly(function, argument)
  }

  /// `function[argument]`
  @inline(__always) func apply(_ function: Value, _ argument: Value) throws -> Value {
    if function.isFunction, let index = argumentIndex(function, argument) {
      return functionValue(function, index)
    }
    return try applySlowly(function, argument)
  }

  private func applySlowly(_ function: Value, _ argument: Value) throws -> Value {
    guard function.isFunction else {
      throw ValueError(
        "\(describe(function)) is applied to \(describe(argument)), and is not a function", code: .domain,
        hint: hintForWholeSet(function))
    }
    if argument.tag == Value.Tag.symbolicSet, finiteness(of: argument) == true {
      return try apply(function, enumerated(argument))
    }
    if function.tag == Value.Tag.tuple {
      throw ValueError(
        "the index \(describe(argument)) is out of bounds: \(describe(function)) has length \(length(function))",
        code: .domain
      )
    }
    throw ValueError(
      "\(describe(argument)) is not in the domain of \(describe(function))", code: .domain,
      hint: lookAlike(of: argument, inDomainOf: function))
  }

  /// A hint if the argument is a string and the function has a model value with that name in its domain, or the other way round.
  func lookAlike(of argument: Value, inDomainOf function: Value) -> String? {
    guard argument.tag == Value.Tag.atom, let namesake = atoms.namesake(of: argument.payload) else {
      return nil
    }
    var last = LastPlace()
    let other = Value(tag: Value.Tag.atom, payload: namesake)
    guard argumentIndex(function, other, &last) != nil else { return nil }
    let (string, modelValue) = isModelValue(argument) ? (other, argument) : (argument, other)
    return
      "\(describe(string)) is a string and \(describe(modelValue)) is a model value: they are different values"
  }

  /// `record.field`
  @inline(__always) func field(_ record: Value, _ name: Value, _ last: inout LastPlace) throws -> Value {
    if record.tag == Value.Tag.record, let index = argumentIndex(record, name, &last) {
      return functionValue(record, index)
    }
    let field = self.name(ofAtom: name)
    guard record.isFunction else {
      throw ValueError(
        "the field \(field) is selected from \(describe(record)), which is not a record", code: .domain)
    }
    let known =
      record.tag == Value.Tag.record ? try elements(domain(record)).map { self.name(ofAtom: $0) } : []
    throw ValueError(
      "\(describe(record)) has no field \(field)", code: .domain,
      hint: closestName(to: field, in: known).map { "did you mean \($0)?" })
  }

  /// Pops the values on the scratch stack from `start` on, and makes the function over that domain (an enumerated set) of them. The values
  /// are in the domain's order. The result is a tuple or a record if the domain allows it.
  func popFunction(domain: Value, from start: Int) throws -> Value {
    defer { scratchTop = start }
    let count = length(domain)
    if count == 0 { return emptyTuple }
    let shape = shape(ofFunctionsOver: domain)
    guard shape.hasDomain else { return try intern(shape.tag, scratch + start, count) }
    // The domain goes before the values.
    try push(domain)
    (scratch + start + 1).update(from: scratch + start, count: count)
    scratch[start] = domain.bits
    return try intern(shape.tag, scratch + start, count + 1)
  }

  /// The function with `value` at the position `index` of its domain.
  func replacing(_ function: Value, at index: Int, with value: Value) throws -> Value {
    let offset = function.tag == Value.Tag.tuple ? index : index + 1
    let words = payload(function)
    if words[offset] == value.bits { return function }
    return try cache.value(.replace, function, value, detail: offset) {
      let count = length(function)
      let start = scratchTop
      defer { scratchTop = start }
      for position in 0..<count { try push(Value(bits: words[position])) }
      scratch[start + offset] = value.bits
      return try intern(function.tag, scratch + start, count)
    }
  }

  /// `left @@ right`: where both are defined, the left one counts.
  func mergeFunctions(_ left: Value, _ right: Value) throws -> Value {
    guard left.isFunction else {
      throw ValueError(
        "the first argument of @@ should be a function, and is \(describe(left))", code: .operand)
    }
    guard right.isFunction else {
      throw ValueError(
        "the second argument of @@ should be a function, and is \(describe(right))", code: .operand)
    }
    return try cache.value(.merge, left, right) {
      let arguments = try union(domain(left), domain(right))
      let start = scratchTop
      for argument in elements(arguments) {
        if let index = argumentIndex(left, argument) {
          try push(functionValue(left, index))
        } else if let index = argumentIndex(right, argument) {
          try push(functionValue(right, index))
        }
      }
      return try popFunction(domain: arguments, from: start)
    }
  }

  // MARK: Sequences

  /// Throws unless the value is a sequence.
  func requireSequence(_ value: Value, _ what: String) throws {
    guard value.tag == Value.Tag.tuple else {
      throw ValueError("\(what) should be a sequence, and is \(describe(value))", code: .operand)
    }
  }

  func length(ofSequence value: Value) throws -> Int {
    if isString(value) { return name(ofAtom: value).unicodeScalars.count }
    try requireSequence(value, "the argument of Len")
    return length(value)
  }

  func append(_ sequence: Value, _ element: Value) throws -> Value {
    try requireSequence(sequence, "the first argument of Append")
    return try cache.value(.append, sequence, element) {
      let start = scratchTop
      for index in 0..<length(sequence) { try push(Value(bits: payload(sequence)[index])) }
      try push(part(element))
      return try popTuple(from: start)
    }
  }

  func concatenate(_ left: Value, _ right: Value) throws -> Value {
    if isString(left), isString(right) { return try madeString(name(ofAtom: left) + name(ofAtom: right)) }
    try requireSequence(left, "the first argument of \\o")
    try requireSequence(right, "the second argument of \\o")
    return try cache.value(.concatenate, left, right) {
      let start = scratchTop
      for index in 0..<length(left) { try push(Value(bits: payload(left)[index])) }
      for index in 0..<length(right) { try push(Value(bits: payload(right)[index])) }
      return try popTuple(from: start)
    }
  }

  func head(_ sequence: Value) throws -> Value {
    try requireSequence(sequence, "the argument of Head")
    guard length(sequence) > 0 else {
      throw ValueError("Head is applied to the empty sequence", code: .domain)
    }
    return Value(bits: payload(sequence)[0])
  }

  func tail(_ sequence: Value) throws -> Value {
    if isString(sequence) {
      let text = name(ofAtom: sequence)
      guard !text.isEmpty else { throw ValueError("Tail is applied to the empty string", code: .domain) }
      return try madeString(String(text.unicodeScalars.dropFirst()))
    }
    try requireSequence(sequence, "the argument of Tail")
    guard length(sequence) > 0 else {
      throw ValueError("Tail is applied to the empty sequence", code: .domain)
    }
    return try cache.value(.tail, sequence, sequence) {
      let start = scratchTop
      for index in 1..<length(sequence) { try push(Value(bits: payload(sequence)[index])) }
      return try popTuple(from: start)
    }
  }

  /// `SubSeq(sequence, from, to)`; both positions count from 1.
  func subsequence(_ sequence: Value, _ from: Value, _ to: Value) throws -> Value {
    let first = try smallNumber(from, "the second argument of SubSeq")
    let last = try smallNumber(to, "the third argument of SubSeq")
    let count = isString(sequence) ? try length(ofSequence: sequence) : nil
    if count == nil { try requireSequence(sequence, "the first argument of SubSeq") }
    if first > last { return count == nil ? emptyTuple : try madeString("") }
    guard first >= 1, last <= count ?? length(sequence) else {
      throw ValueError("SubSeq(\(describe(sequence)), \(first), \(last)) is out of bounds", code: .domain)
    }
    if count != nil {
      let scalars = Array(name(ofAtom: sequence).unicodeScalars)
      var text = ""
      text.unicodeScalars.append(contentsOf: scalars[(first - 1)...(last - 1)])
      return try madeString(text)
    }
    let start = scratchTop
    for index in (first - 1)...(last - 1) { try push(Value(bits: payload(sequence)[index])) }
    return try popTuple(from: start)
  }
}
