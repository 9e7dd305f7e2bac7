import TLASemantics
import TLASyntax

/// Compiles the operators of the community's modules.
extension Compiler {
  /// The code of an operator of one of these modules; nil for another operator.
  func compileLibrary(
    _ builtin: Builtin, _ arguments: [Term], _ site: Site, _ environment: Environment
  ) throws -> Code? {
    guard let kind = LibraryKind(builtin) else { return nil }
    var dependencies = Dependencies()
    var operands: [FoldNode.Operand] = []
    var values: [Node] = []
    let parameters = StandardModules.operatorParameters[builtin] ?? [:]
    for (position, argument) in arguments.enumerated() {
      if let count = parameters[position] {
        let (slots, code) = try compileOperand(argument, parameters: count, site, environment)
        dependencies.formUnion(code.dependencies.removing(slots: slots))
        operands.append(FoldNode.Operand(slots: slots, body: code.node))
      } else {
        let code = try compile(argument, environment)
        dependencies.formUnion(code.dependencies)
        values.append(code.node)
      }
    }
    let node: Node =
      switch kind {
      case .values: LibraryNode(builtin, values, site)
      case .predicate: PredicateNode(builtin, operands[0], values, site)
      case .graph: GraphNode(builtin, values, site)
      case .drawing: DrawingNode(builtin, values, site)
      case .integer: IntegerOfStringNode(builtin, values, site)
      case .order: CausalOrderNode(operands, values[0], site)
      case .relation:
        RelationNode(
          builtin, operands.first.map { .operator($0) } ?? .function(values[0]),
          over: values[values.count - 1],
          site)
      case .fold where builtin == .mapThenFoldSet:
        FoldNode(
          builtin, operands[0], map: operands[1], choose: operands[2], base: values[0], [values[1]], site)
      case .fold where builtin == .foldRight || builtin == .foldRightDomain:
        FoldNode(builtin, operands[0], base: values[1], [values[0]], site)
      case .fold: FoldNode(builtin, operands[0], base: values[0], Array(values.dropFirst()), site)
      }
    return try finish(node, dependencies)
  }
}

/// The kind of node that evaluates an operator of the community's modules.
private enum LibraryKind {
  case values, predicate, fold, relation, graph, drawing, integer, order

  init?(_ builtin: Builtin) {
    switch builtin {
    case .setToSequence, .setToSequences, .arrangements, .boundedSequences, .sequenceToBag, .containsElement,
      .removeFirst, .isPrefix, .prefixes, .suffixes, .commonPrefixes, .longestCommonPrefix, .flattenSequence,
      .allSubsequences, .indexOfSubsequence, .replaceFirstSubsequence, .replaceAllSubsequences,
      .subsetsOfSize, .maximum, .minimum, .isInjective, .inverse, .antiFunction, .injections, .surjections,
      .bijections, .bitAnd, .bitOr, .bitExclusiveOr, .bitNot, .shiftRight:
      self = .values
    case .removeFirstMatch, .selectInSequence, .selectLastInSequence, .selectInSubsequence,
      .selectLastInSubsequence, .quantify:
      self = .predicate
    case .foldSet, .foldFunction, .foldLeft, .foldRight, .foldLeftDomain, .foldRightDomain, .foldBag,
      .mapThenFoldSet:
      self = .fold
    case .isReflexive, .isIrreflexive, .isSymmetric, .isAntiSymmetric, .isAsymmetric, .isTransitive,
      .isPartiallyOrdered, .isStrictlyPartiallyOrdered, .isTotallyOrdered, .isStrictlyTotallyOrdered,
      .isReflexiveUnder, .isIrreflexiveUnder, .isSymmetricUnder, .isAntiSymmetricUnder, .isAsymmetricUnder,
      .isTransitiveUnder, .isPartiallyOrderedUnder, .isStrictlyPartiallyOrderedUnder, .isTotallyOrderedUnder,
      .isStrictlyTotallyOrderedUnder, .transitiveClosure, .reflexiveTransitiveClosure, .isConnected:
      self = .relation
    case .simplePaths, .areConnected, .isStronglyConnected, .connectionsIn, .hasCycle, .ancestors,
      .descendants, .roots, .leaves, .undirectedSimplePaths, .areConnectedUndirected, .connectedComponents:
      self = .graph
    case .svgElemToString, .nodeOfRingNetwork: self = .drawing
    case .atoi: self = .integer
    case .causalOrder: self = .order
    default: return nil
    }
  }
}
