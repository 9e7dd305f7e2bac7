import TLASemantics

/// The operators of SequencesExt on sequences, and on strings where these count as sequences of letters.
extension ValueStore {
  /// The longest sequence whose subsequences are made: each element doubles their number.
  private static let longestOfAllSubsequences = 24

  /// `SetToSeq(S)`: the elements in TLC's order.
  func sequence(ofSet set: Value) throws -> Value {
    try require(set, .set, argument: 1, of: .setToSequence)
    let set = try inTLCOrder(set)
    try checkOrdered(set)
    return try intern(Value.Tag.tuple, payload(set), length(set))
  }

  /// `ToBag(s)`: how often each value of a function occurs.
  func bag(ofSequence function: Value) throws -> Value {
    try require(function, .function, argument: 1, of: .sequenceToBag)
    var counts: [Value: Int] = [:]
    for index in 0..<functionCount(function) { counts[functionValue(function, index), default: 0] += 1 }
    let domain = try set(of: counts.keys)
    try checkOrdered(domain)
    let start = scratchTop
    for element in elements(domain) { try push(Value(small: counts[element] ?? 0)) }
    return try popFunction(domain: domain, from: start)
  }

  /// The first position of an element, counted from 0. As in TLC, the element is compared with those before it.
  func place(of element: Value, inSequence sequence: Value) throws -> Int? {
    let element = try part(element)
    for index in 0..<length(sequence) where try equal(functionValue(sequence, index), element) {
      return index
    }
    return nil
  }

  /// The sequence without the element at a position, counted from 0.
  func removing(at place: Int, from sequence: Value) throws -> Value {
    let start = scratchTop
    for index in 0..<length(sequence) where index != place { try push(functionValue(sequence, index)) }
    return try popTuple(from: start)
  }

  // MARK: Beginnings and ends

  func isPrefix(_ short: Value, of long: Value) throws -> Bool {
    if isString(short), isString(long) {
      return name(ofAtom: long).unicodeScalars.starts(with: name(ofAtom: short).unicodeScalars)
    }
    try require(short, .sequence, argument: 1, of: .isPrefix)
    try require(long, .sequence, argument: 2, of: .isPrefix)
    guard length(short) <= length(long) else { return false }
    return try commonCount(short, long) == length(short)
  }

  /// How many elements two sequences have in common at their beginnings.
  private func commonCount(_ left: Value, _ right: Value) throws -> Int {
    let shortest = min(length(left), length(right))
    for index in 0..<shortest where try !equal(functionValue(left, index), functionValue(right, index)) {
      return index
    }
    return shortest
  }

  func prefixes(of sequence: Value) throws -> Value {
    if isString(sequence) {
      let letters = Array(name(ofAtom: sequence).unicodeScalars)
      return try set(of: (0...letters.count).map { try text(of: letters[..<$0]) })
    }
    try require(sequence, .sequence, argument: 1, of: .prefixes)
    let words = payload(sequence)
    return try set(of: (0...length(sequence)).map { try intern(Value.Tag.tuple, words, $0) })
  }

  func suffixes(of sequence: Value) throws -> Value {
    try require(sequence, .sequence, argument: 1, of: .suffixes)
    let (words, count) = (payload(sequence), length(sequence))
    return try set(of: (0...count).map { try intern(Value.Tag.tuple, words + count - $0, $0) })
  }

  func longestCommonPrefix(_ set: Value, _ builtin: Builtin) throws -> Value {
    try require(set, .set, argument: 1, of: builtin)
    let members = elements(try enumerated(set))
    guard let first = members.first else {
      throw ValueError("\(builtin.argument(1)) should be a set that is not empty")
    }
    if isString(first) {
      var common = Array(name(ofAtom: first).unicodeScalars)[...]
      for member in members {
        guard isString(member) else { throw noSequence(member, builtin) }
        let letters = name(ofAtom: member).unicodeScalars
        common = common.prefix(zip(common, letters).prefix { $0 == $1 }.count)
      }
      return try text(of: common)
    }
    var count = length(first)
    for member in members {
      guard member.tag == Value.Tag.tuple else { throw noSequence(member, builtin) }
      count = min(count, try commonCount(first, member))
    }
    return try intern(Value.Tag.tuple, payload(first), count)
  }

  private func noSequence(_ value: Value, _ builtin: Builtin) -> ValueError {
    ValueError(
      "each element of the argument of \(builtin.tlaName) should be a sequence, and one is \(describe(value))"
    )
  }

  private func text(of letters: some Sequence<Unicode.Scalar>) throws -> Value {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: letters)
    return try madeString(String(text))
  }

  // MARK: Parts

  /// `FlattenSeq(s)`: the elements of a sequence of sequences, or of strings, one after the other.
  func flattened(_ sequences: Value) throws -> Value {
    if isString(sequences), name(ofAtom: sequences).isEmpty { return sequences }
    try require(sequences, .sequence, argument: 1, of: .flattenSequence)
    let members = (0..<length(sequences)).map { functionValue(sequences, $0) }
    // A single one is left as it is, whatever it is.
    guard members.count > 1 else { return members.first ?? sequences }
    if members.allSatisfy(isString) { return string(members.map { name(ofAtom: $0) }.joined()) }
    let start = scratchTop
    do {
      for member in members {
        guard member.tag == Value.Tag.tuple else { throw noSequence(member, .flattenSequence) }
        for index in 0..<length(member) { try push(functionValue(member, index)) }
      }
    } catch {
      scratchTop = start
      throw error
    }
    return try popTuple(from: start)
  }

  /// `AllSubSeqs(s)`: what is left of a sequence when any of its elements are removed.
  func allSubsequences(of sequence: Value) throws -> Value {
    try require(sequence, .sequence, argument: 1, of: .allSubsequences)
    let count = length(sequence)
    guard count <= Self.longestOfAllSubsequences else {
      throw ValueError("a sequence of \(count) elements has too many subsequences", kind: .resource)
    }
    return try set(
      of: (0..<(1 << count)).map { chosen in
        let start = scratchTop
        for index in 0..<count where chosen >> index & 1 == 1 { try push(functionValue(sequence, index)) }
        return try popTuple(from: start)
      })
  }

  /// A sequence's elements, or a string's letters, as words.
  private func letters(_ value: Value, argument number: Int, of builtin: Builtin) throws -> [UInt32] {
    if isString(value) { return name(ofAtom: value).unicodeScalars.map(\.value) }
    try require(value, .sequence, argument: number, of: builtin)
    return (0..<length(value)).map { functionValue(value, $0).bits }
  }

  /// The sequence or string with those elements or letters.
  private func made(of letters: some Sequence<UInt32>, asString: Bool) throws -> Value {
    if asString { return try text(of: letters.lazy.compactMap(Unicode.Scalar.init)) }
    let start = scratchTop
    for letter in letters { try push(Value(bits: letter)) }
    return try popTuple(from: start)
  }

  /// The search for a part in a whole: both are strings, or both are sequences of elements that can be compared.
  private func search(_ part: Value, in whole: Value, arguments: (Int, Int), of builtin: Builtin) throws
    -> SubsequenceSearch
  {
    guard isString(part) == isString(whole) else {
      _ = try equal(part, whole)
      throw ValueError("\(describe(part)) is looked for in \(describe(whole))")
    }
    let search = SubsequenceSearch(
      part: try letters(part, argument: arguments.0, of: builtin),
      whole: try letters(whole, argument: arguments.1, of: builtin))
    if !isString(part), let first = search.part.first, let other = search.whole.first {
      _ = try equal(Value(bits: first), Value(bits: other))
    }
    return search
  }

  /// `IndexFirstSubSeq(s, t)`
  func firstPlace(of part: Value, in whole: Value) throws -> Value {
    let search = try search(part, in: whole, arguments: (1, 2), of: .indexOfSubsequence)
    guard let place = search.places(atMost: 1).first else {
      throw ValueError("\(describe(part)) is not a part of \(describe(whole))")
    }
    return Value(small: place + 1)
  }

  /// `ReplaceFirstSubSeq(r, s, t)`
  func replacingFirst(_ part: Value, in whole: Value, by replacement: Value) throws -> Value {
    let builtin = Builtin.replaceFirstSubsequence
    let search = try search(part, in: whole, arguments: (2, 3), of: builtin)
    return try replacing(search.places(atMost: 1), of: search, in: whole, by: replacement, builtin)
  }

  /// `ReplaceAllSubSeqs(r, s, t)`: from the left, replaces each s that does not overlap the previous one. An empty s stands before every
  /// element.
  func replacingAll(_ part: Value, in whole: Value, by replacement: Value) throws -> Value {
    let builtin = Builtin.replaceAllSubsequences
    if part == whole { return replacement }
    let search = try search(part, in: whole, arguments: (2, 3), of: builtin)
    if replacement == part { return whole }
    let places = search.part.isEmpty ? Array(search.whole.indices) : search.places(atMost: .max)
    return try replacing(places, of: search, in: whole, by: replacement, builtin)
  }

  private func replacing(
    _ places: [Int], of search: SubsequenceSearch, in whole: Value, by replacement: Value, _ builtin: Builtin
  ) throws -> Value {
    if places.isEmpty { return whole }
    let isText = isString(whole)
    guard isString(replacement) == isText else {
      let kind = isText ? "a string" : "a sequence"
      throw ValueError("\(builtin.argument(1)) should be \(kind), and is \(describe(replacement))")
    }
    let new = try letters(replacement, argument: 1, of: builtin)
    var result: [UInt32] = []
    var end = 0
    for place in places {
      result += search.whole[end..<place] + new
      end = place + search.part.count
    }
    return try made(of: result + search.whole[end...], asString: isText)
  }
}

/// Finds a part in a whole by Knuth, Morris and Pratt, "Fast pattern matching in strings" (1977), in time linear in their lengths.
private struct SubsequenceSearch {
  let part: [UInt32]
  let whole: [UInt32]

  /// The positions, counted from 0, at which the part begins, from the left and without overlaps. An empty part is found at the beginning.
  func places(atMost limit: Int) -> [Int] {
    if part.isEmpty { return [0] }
    // For each prefix of the part, the length of its longest proper prefix that is also its suffix.
    var borders = [0]
    for index in part.indices.dropFirst() {
      var matched = borders[index - 1]
      while matched > 0, part[matched] != part[index] { matched = borders[matched - 1] }
      borders.append(part[matched] == part[index] ? matched + 1 : 0)
    }
    var places: [Int] = []
    var matched = 0
    for (index, element) in whole.enumerated() {
      while matched > 0, part[matched] != element { matched = borders[matched - 1] }
      if part[matched] == element { matched += 1 }
      if matched == part.count {
        places.append(index + 1 - matched)
        if places.count == limit { break }
        matched = 0
      }
    }
    return places
  }
}
