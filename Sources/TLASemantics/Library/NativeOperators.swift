/// The operators of the community's modules that have a native implementation.
extension StandardModules {
  /// Operators that a module of the community's library defines in TLA+: the native implementation stands for the definition, whether the module comes
  /// with the program or from a folder of the library.
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
    "UndirectedGraphs": [
      Entry("SimplePath", 1, .undirectedSimplePaths), Entry("AreConnectedIn", 3, .areConnectedUndirected),
      Entry("ConnectedComponents", 1, .connectedComponents),
    ],
  ]

  /// The parameters of higher-order operators that are operators: position and arity.
  package static let operatorParameters: [Builtin: [Int: Int]] = [
    .selectSequence: [1: 1], .sortSequence: [1: 2], .tlcGetAndSet: [1: 2],
    .foldSet: [0: 2], .foldFunction: [0: 2], .foldLeft: [0: 2], .foldRight: [0: 2],
    .foldLeftDomain: [0: 2], .foldRightDomain: [0: 2], .foldBag: [0: 2],
    .mapThenFoldSet: [0: 2, 2: 1, 3: 1],
    .quantify: [1: 1], .removeFirstMatch: [1: 1], .selectInSequence: [1: 1], .selectLastInSequence: [1: 1],
    .selectInSubsequence: [3: 1], .selectLastInSubsequence: [3: 1],
    .isReflexiveUnder: [0: 2], .isIrreflexiveUnder: [0: 2], .isSymmetricUnder: [0: 2],
    .isAntiSymmetricUnder: [0: 2], .isAsymmetricUnder: [0: 2], .isTransitiveUnder: [0: 2],
    .isPartiallyOrderedUnder: [0: 2], .isStrictlyPartiallyOrderedUnder: [0: 2],
    .isTotallyOrderedUnder: [0: 2], .isStrictlyTotallyOrderedUnder: [0: 2],
  ]
}
