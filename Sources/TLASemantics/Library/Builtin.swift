/// An operator that the engine implements natively. The library's tables bind names to these operators; the syntax knows none of them.
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
  case trace, counterExample, toTrace, fingerprint, noOperation

  // Randomization
  case randomSubset, randomSetOfSubsets, testRandomSetOfSubsets

  // Json
  case toJSON, toJSONArray, toJSONObject, jsonSerialize, jsonDeserialize, ndJSONSerialize, ndJSONDeserialize

  // Bags
  case isABag

  // The community's modules
  case foldSet, mapThenFoldSet, foldFunction, foldLeft, foldRight, foldLeftDomain, foldRightDomain, foldBag
  case setToSequence, setToSequences, arrangements, boundedSequences, sequenceToBag
  case containsElement, removeFirst, removeFirstMatch, selectInSequence, selectLastInSequence
  case selectInSubsequence, selectLastInSubsequence
  case isPrefix, prefixes, suffixes, commonPrefixes, longestCommonPrefix, flattenSequence, allSubsequences
  case indexOfSubsequence, replaceFirstSubsequence, replaceAllSubsequences
  case quantify, subsetsOfSize, maximum, minimum
  case isInjective, inverse, antiFunction, injections, surjections, bijections
  case bitAnd, bitOr, bitExclusiveOr, bitNot, shiftRight
  case isReflexive, isIrreflexive, isSymmetric, isAntiSymmetric, isAsymmetric, isTransitive
  case isPartiallyOrdered, isStrictlyPartiallyOrdered, isTotallyOrdered, isStrictlyTotallyOrdered
  case isReflexiveUnder, isIrreflexiveUnder, isSymmetricUnder, isAntiSymmetricUnder, isAsymmetricUnder
  case isTransitiveUnder, isPartiallyOrderedUnder, isStrictlyPartiallyOrderedUnder, isTotallyOrderedUnder
  case isStrictlyTotallyOrderedUnder
  case transitiveClosure, reflexiveTransitiveClosure, isConnected
  case simplePaths, areConnected, isStronglyConnected, connectionsIn, hasCycle, ancestors, descendants, roots,
    leaves
  case undirectedSimplePaths, areConnectedUndirected, connectedComponents

  // The community's modules for files, programs and drawings, which TLC has in Java only
  case ioSerialize, ioDeserialize, serialize, deserialize, ioExec, ioEnvExec, ioExecTemplate,
    ioEnvExecTemplate
  case ioEnv, atoi
  case csvWrite, csvWriteRecord, csvRead, csvRecords
  case svgElemToString, nodeOfRingNetwork, nodesOfDirectedMultiGraph
  case dotDiGraph, chiSquare, causalOrder

  /// Whether the operator is known but cannot be evaluated, because only TLC's Java class defines it.
  package var isInJavaOnly: Bool {
    switch self {
    case .javaTime, .fingerprint, .any: true
    case .ioSerialize, .ioDeserialize, .nodesOfDirectedMultiGraph, .dotDiGraph, .chiSquare: true
    default: false
    }
  }

  /// The operator's name in specifications.
  package var tlaName: String { StandardModules.entry(of: self)?.name ?? rawValue }

  /// Whether its evaluation has side effects, or depends on those of others.
  var hasEffect: Bool {
    switch self {
    case .print, .printTop, .tlcSet, .tlcGetAndSet, .tlcGetOrDefault, .jsonSerialize, .ndJSONSerialize,
      .serialize, .ioExec, .ioEnvExec, .ioExecTemplate, .ioEnvExecTemplate, .csvWrite, .csvWriteRecord:
      true
    default: false
    }
  }

  /// Whether its value depends on how far the run is. As in TLC, a definition that mentions it is not evaluated before the run.
  var isAboutRun: Bool { [.tlcGet, .trace, .counterExample].contains(self) }

  /// The number of its arguments.
  package var arity: Int { StandardModules.entry(of: self)?.arity ?? 0 }
}
