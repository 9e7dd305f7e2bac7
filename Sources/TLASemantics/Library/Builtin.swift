/// An operator that the engine implements natively. The library's tables bind names to these; the syntax knows none.
package enum Builtin: String, Sendable, Hashable, CaseIterable {
  // The language itself.
  case not, implies, equivalent, equals, notEquals
  case member, notMember, union, intersection, difference, subsetOrEqual, powerset, unionAll, domain
  case booleans, strings
  case always, eventually, leadsTo, plusArrow, compose

  // Naturals, Integers, Reals
  case plus, minus, times, power, divide, modulo, less, lessOrEqual, greater, greaterOrEqual, interval,
    naturals
  case negate, integers
  case reals, divideReals, infinity

  // Sequences
  case sequences, length, concatenate, append, head, tail, subsequence, selectSequence

  // FiniteSets
  case isFiniteSet, cardinality

  // TLC
  case print, printTop, assert, singleFunction, mergeFunctions, permutations, toString, sortSequence, tlcEval
  case any, randomElement, tlcGet, tlcSet, javaTime

  // TLCExt
  case assertError, assertEqual, tlcModelValue, cache, `defer`, pickSuccessor, tlcGetOrDefault, tlcGetAndSet
  case trace, counterExample, toTrace, fingerprint

  // Randomization
  case randomSubset, randomSetOfSubsets, testRandomSetOfSubsets

  // Json
  case toJSON, jsonSerialize, jsonDeserialize, ndJSONSerialize, ndJSONDeserialize

  // Bags
  case isABag

  // The community's modules
  case foldSet, mapThenFoldSet, foldFunction, foldLeft, foldRight, setToSequence

  /// The name under which specifications know it.
  package var tlaName: String { StandardModules.name(of: self) ?? rawValue }
}
