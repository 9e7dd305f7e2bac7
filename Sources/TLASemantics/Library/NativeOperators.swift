/// The operators of the community's modules that have a native implementation.
extension StandardModules {
  /// Operators that a community module defines in TLA+ and that have a native implementation, which replaces the definition. This applies
  /// to the program's own copy of the module and to one from a library folder.
  static let natives: [String: [Entry]] = [
    "Bags": [Entry("IsABag", 1, .isABag)],
    "BagsExt": [Entry("FoldBag", 3, .foldBag)],
    "Bitwise": [
      Entry("&", 2, .bitAnd), Entry("|", 2, .bitOr), Entry("^^", 2, .bitExclusiveOr),
      Entry("Not", 1, .bitNot),
      Entry("shiftR", 2, .shiftRight),
    ],
    "FiniteSetsExt": [
      Entry("FoldSet", 3, .foldSet), Entry("Quantify", 2, .quantify), Entry("kSubset", 2, .subsetsOfSize),
      Entry("Max", 1, .maximum), Entry("Min", 1, .minimum),
    ],
    "Folds": [Entry("MapThenFoldSet", 5, .mapThenFoldSet)],
    "Functions": [
      Entry("FoldFunction", 3, .foldFunction), Entry("FoldFunctionOnSet", 4, .foldFunction),
      Entry("IsInjective", 1, .isInjective), Entry("Inverse", 3, .inverse),
      Entry("AntiFunction", 1, .antiFunction), Entry("Injection", 2, .injections),
      Entry("Surjection", 2, .surjections), Entry("Bijection", 2, .bijections),
    ],
    "Graphs": [
      Entry("SimplePath", 1, .simplePaths), Entry("AreConnectedIn", 3, .areConnected),
      Entry("IsStronglyConnected", 1, .isStronglyConnected), Entry("ConnectionsIn", 1, .connectionsIn),
      Entry("HasCycle", 1, .hasCycle), Entry("Ancestors", 2, .ancestors),
      Entry("Descendants", 2, .descendants), Entry("Roots", 1, .roots), Entry("Leaves", 1, .leaves),
    ],
    "Relation": [
      Entry("IsReflexive", 2, .isReflexive), Entry("IsIrreflexive", 2, .isIrreflexive),
      Entry("IsSymmetric", 2, .isSymmetric), Entry("IsAntiSymmetric", 2, .isAntiSymmetric),
      Entry("IsAsymmetric", 2, .isAsymmetric), Entry("IsTransitive", 2, .isTransitive),
      Entry("IsPartiallyOrdered", 2, .isPartiallyOrdered),
      Entry("IsStrictlyPartiallyOrdered", 2, .isStrictlyPartiallyOrdered),
      Entry("IsTotallyOrdered", 2, .isTotallyOrdered),
      Entry("IsStrictlyTotallyOrdered", 2, .isStrictlyTotallyOrdered),
      Entry("IsReflexiveUnder", 2, .isReflexiveUnder), Entry("IsIrreflexiveUnder", 2, .isIrreflexiveUnder),
      Entry("IsSymmetricUnder", 2, .isSymmetricUnder),
      Entry("IsAntiSymmetricUnder", 2, .isAntiSymmetricUnder),
      Entry("IsAsymmetricUnder", 2, .isAsymmetricUnder), Entry("IsTransitiveUnder", 2, .isTransitiveUnder),
      Entry("IsPartiallyOrderedUnder", 2, .isPartiallyOrderedUnder),
      Entry("IsStrictlyPartiallyOrderedUnder", 2, .isStrictlyPartiallyOrderedUnder),
      Entry("IsTotallyOrderedUnder", 2, .isTotallyOrderedUnder),
      Entry("IsStrictlyTotallyOrderedUnder", 2, .isStrictlyTotallyOrderedUnder),
      Entry("TransitiveClosure", 2, .transitiveClosure),
      Entry("ReflexiveTransitiveClosure", 2, .reflexiveTransitiveClosure),
      Entry("IsConnected", 2, .isConnected),
    ],
    "SequencesExt": [
      Entry("FoldSeq", 3, .foldFunction), Entry("FoldLeft", 3, .foldLeft), Entry("FoldRight", 3, .foldRight),
      Entry("FoldLeftDomain", 3, .foldLeftDomain), Entry("FoldRightDomain", 3, .foldRightDomain),
      Entry("SetToSeq", 1, .setToSequence), Entry("SetToSeqs", 1, .setToSequences),
      Entry("SetToAllKPermutations", 1, .arrangements), Entry("SeqOf", 2, .boundedSequences),
      Entry("BoundedSeq", 2, .boundedSequences), Entry("ToBag", 1, .sequenceToBag),
      Entry("Contains", 2, .containsElement), Entry("RemoveFirst", 2, .removeFirst),
      Entry("RemoveFirstMatch", 2, .removeFirstMatch), Entry("SelectInSeq", 2, .selectInSequence),
      Entry("SelectLastInSeq", 2, .selectLastInSequence), Entry("SelectInSubSeq", 4, .selectInSubsequence),
      Entry("SelectLastInSubSeq", 4, .selectLastInSubsequence), Entry("IsPrefix", 2, .isPrefix),
      Entry("Prefixes", 1, .prefixes), Entry("Suffixes", 1, .suffixes),
      Entry("CommonPrefixes", 1, .commonPrefixes), Entry("LongestCommonPrefix", 1, .longestCommonPrefix),
      Entry("FlattenSeq", 1, .flattenSequence), Entry("AllSubSeqs", 1, .allSubsequences),
      Entry("IndexFirstSubSeq", 2, .indexOfSubsequence),
      Entry("ReplaceFirstSubSeq", 3, .replaceFirstSubsequence),
      Entry("ReplaceAllSubSeqs", 3, .replaceAllSubsequences),
    ],
    // TLC implements these in Java. Their modules only say that they are TRUE or some value.
    "IOUtils": [
      Entry("IOSerialize", 3, .ioSerialize), Entry("IODeserialize", 2, .ioDeserialize),
      Entry("Serialize", 3, .serialize), Entry("Deserialize", 2, .deserialize),
      Entry("IOExec", 1, .ioExec), Entry("IOEnvExec", 2, .ioEnvExec),
      Entry("IOExecTemplate", 2, .ioExecTemplate), Entry("IOEnvExecTemplate", 3, .ioEnvExecTemplate),
      Entry("IOEnv", 0, .ioEnv), Entry("atoi", 1, .atoi),
    ],
    "CSV": [
      Entry("CSVWrite", 3, .csvWrite), Entry("CSVWriteRecord", 4, .csvWriteRecord),
      Entry("CSVRead", 3, .csvRead), Entry("CSVRecords", 1, .csvRecords),
    ],
    "SVG": [
      Entry("SVGElemToString", 1, .svgElemToString), Entry("NodeOfRingNetwork", 5, .nodeOfRingNetwork),
      Entry("NodesOfDirectedMultiGraph", 3, .nodesOfDirectedMultiGraph),
    ],
    "GraphViz": [Entry("DotDiGraph", 3, .dotDiGraph)],
    "Statistics": [Entry("ChiSquare", 3, .chiSquare)],
    "VectorClocks": [Entry("CausalOrder", 4, .causalOrder)],
    "UndirectedGraphs": [
      Entry("SimplePath", 1, .undirectedSimplePaths), Entry("AreConnectedIn", 3, .areConnectedUndirected),
      Entry("ConnectedComponents", 1, .connectedComponents),
    ],
  ]

  /// The operator parameters of higher-order operators: position and arity.
  package static let operatorParameters: [Builtin: [Int: Int]] =
    operatorArguments.mapValues { $0.mapValues(\.count) }

  /// The operator parameters of higher-order operators, by position. For each of their arguments it gives the positions of the parameters
  /// from which the argument is made in the TLA+ definition. A bound element is not a parameter.
  static let operatorArguments: [Builtin: [Int: [[Int]]]] = [
    .selectSequence: [1: [[0]]], .sortSequence: [1: [[0], [0]]], .tlcGetAndSet: [1: [[], [2]]],
    .foldSet: [0: [[0, 1, 2], [0, 1, 2]]], .foldBag: [0: [[0, 1, 2], [0, 1, 2]]],
    .foldFunction: [0: [[0, 1, 2, 3], [0, 1, 2, 3]]],
    .foldLeft: [0: [[0, 1, 2], [2]]], .foldRight: [0: [[1], [0, 1, 2]]],
    .foldLeftDomain: [0: [[0, 1, 2], [2]]], .foldRightDomain: [0: [[1], [0, 1, 2]]],
    .mapThenFoldSet: [
      0: [[0, 1, 2, 3, 4], [0, 1, 2, 3, 4]], 2: [[0, 1, 2, 3, 4]], 3: [[0, 1, 2, 3, 4]],
    ],
    .dotDiGraph: [1: [[]], 2: [[]]], .causalOrder: [1: [[0]], 2: [[0]], 3: [[0]]],
    .quantify: [1: [[]]], .removeFirstMatch: [1: [[0]]], .selectInSequence: [1: [[0]]],
    .selectLastInSequence: [1: [[0]]], .selectInSubsequence: [3: [[0]]],
    .selectLastInSubsequence: [3: [[0]]],
    .isReflexiveUnder: [0: [[], []]], .isIrreflexiveUnder: [0: [[], []]], .isSymmetricUnder: [0: [[], []]],
    .isAntiSymmetricUnder: [0: [[], []]], .isAsymmetricUnder: [0: [[], []]],
    .isTransitiveUnder: [0: [[], []]],
    .isPartiallyOrderedUnder: [0: [[], []]], .isStrictlyPartiallyOrderedUnder: [0: [[], []]],
    .isTotallyOrderedUnder: [0: [[], []]], .isStrictlyTotallyOrderedUnder: [0: [[], []]],
  ]
}
