import DifferentialTesting
import Foundation
import StateSpace
import TLASemantics
import TLASyntax
import Testing

/// A line of `Fixtures/community-operators.tsv`.
private struct OperatorCase: Sendable, CustomTestStringConvertible {
  let modules: String
  let expression: String
  /// TLC's value; nil if it has none.
  let value: String?

  var testDescription: String { expression }

  static let all: [OperatorCase] = FixtureTable.rows("community-operators.tsv").map { cells in
    OperatorCase(modules: cells[0], expression: cells[1], value: cells[2] == "error" ? nil : cells[2])
  }
}

/// The community modules. Some of them extend Bags.
private enum Community {
  static let directed = [
    "Bags", "BagsExt", "Bitwise", "FiniteSetsExt", "Folds", "Functions", "Graphs", "Relation", "SequencesExt",
  ]
  static let undirected = ["UndirectedGraphs"]

  static func extending(_ modules: [String]) -> String {
    "EXTENDS Integers, Sequences, FiniteSets, TLC, " + modules.joined(separator: ", ")
  }

  /// An engine in which each operator is what its module's text says. Only the built-in modules have native operators, so it reads the
  /// texts as the user's modules.
  static func definitions(_ modules: [String]) throws -> Explorer {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources/TLASemantics/Library/Modules")
    var texts: [String: String] = [:]
    for name in directed + undirected {
      texts["\(name).tla"] = try String(contentsOf: folder.appending(path: "\(name).tla"), encoding: .utf8)
    }
    return try Explorer(InMemory.load(extending(modules), modules: texts))
  }
}

@Suite("Operators of the community's modules") struct CommunityOperatorTests {
  @Test("They give TLC's values and TLC's errors") func values() throws {
    let engines = [
      "directed": try Explorer(InMemory.load(Community.extending(Community.directed))),
      "undirected": try Explorer(InMemory.load(Community.extending(Community.undirected))),
    ]
    #expect(OperatorCase.all.count > 500)
    for line in OperatorCase.all {
      let engine = try #require(engines[line.modules])
      let found = try? engine.evaluate(line.expression, in: nil)
      let expected = try line.value.map { try engine.evaluate($0, in: nil) }
      #expect(found == expected, "\(line.expression)")
    }
  }

  @Test(
    "An error names the operator and the argument",
    arguments: [
      ("SetToSeqs(1)", "the argument of SetToSeqs should be a set, and is 1"),
      ("kSubset({}, {1})", "the first argument of kSubset should be an integer, and is {}"),
      ("kSubset(1, 2)", "the second argument of kSubset should be a set, and is 2"),
      ("Quantify(5, LAMBDA x : TRUE)", "the first argument of Quantify should be a set, and is 5"),
      ("Max({})", "Max is asked of the empty set"),
      ("Min({\"a\"})", "each element of the argument of Min should be an integer, and is \"a\""),
      ("Contains(1, 2)", "the first argument of Contains should be a sequence, and is 1"),
      (
        "SelectInSeq(\"abc\", LAMBDA x : TRUE)",
        "the first argument of SelectInSeq should be a sequence, and is \"abc\""
      ),
      ("SelectInSeq(<<1>>, LAMBDA x : x)", "a Boolean is expected here, and the value is 1"),
      (
        "SelectInSubSeq(<<1>>, 1, 2, LAMBDA x : FALSE)",
        "the third argument of SelectInSubSeq should be in the domain of <<1>>, and is 2"
      ),
      ("FoldLeft(LAMBDA x, y : x, 0, 7)", "the third argument of FoldLeft should be a sequence, and is 7"),
      ("FoldRight(LAMBDA x, y : x, 7, 0)", "the second argument of FoldRight should be a sequence, and is 7"),
      ("FoldBag(LAMBDA x, y : x, 0, <<0>>)", "the third argument of FoldBag should be a bag, and is <<0>>"),
      ("LongestCommonPrefix({})", "the argument of LongestCommonPrefix should be a set that is not empty"),
      (
        "FlattenSeq(<<<<1>>, 2>>)",
        "each element of the argument of FlattenSeq should be a sequence, and one is 2"
      ),
      ("IndexFirstSubSeq(<<3>>, <<1>>)", "<<3>> is not a part of <<1>>"),
      ("IsInjective(5)", "the argument of IsInjective should be a function, and is 5"),
      ("Inverse(<<1>>, {2}, {1})", "the index 2 is out of bounds: <<1>> has length 1"),
      ("1 & \"a\"", "the second argument of & should be an integer, and is \"a\""),
      ("shiftR(-1, 1)", "shiftR is defined for natural numbers, and not for -1 and 1"),
      ("IsReflexive(<<>>, 7)", "the second argument of IsReflexive should be a set, and is 7"),
      (
        "SimplePath([node |-> {1}])",
        "the argument of SimplePath should be a graph, a record with the sets node and edge, and is [node |-> {1}]"
      ),
      (
        "Ancestors([node |-> {1}, edge |-> {}], 2)",
        "the second argument of Ancestors should be a node of the graph, and is 2"
      ),
      ("SetToSeq(kSubset(20, 1..2000))", "kSubset(20, 1..2000) has too many elements to enumerate"),
      ("AllSubSeqs([i \\in 1..40 |-> i])", "a sequence of 40 elements has too many subsequences"),
    ])
  func messages(expression: String, message: String) throws {
    let engine = try Explorer(InMemory.load(Community.extending(Community.directed)))
    let failure = #expect(throws: EvaluationFailure.self) { try engine.evaluate(expression, in: nil) }
    #expect(failure?.message == message)
  }

  @Test(
    "Membership and size of described sets do not need their elements",
    arguments: [
      ("<<1, 2>> \\in BoundedSeq(Nat, 2)", "TRUE"), ("<<1, -2>> \\in BoundedSeq(Nat, 2)", "FALSE"),
      ("<<1, 2, 3>> \\in BoundedSeq(Nat, 2)", "FALSE"), ("1..30 \\in kSubset(30, 1..60)", "TRUE"),
      ("1..31 \\in kSubset(30, 1..60)", "FALSE"), ("Cardinality(kSubset(5, 1..60))", "5461512"),
      ("Cardinality(SetToSeqs(1..12))", "479001600"), ("Cardinality(Injection(1..3, 1..1000))", "997002000"),
      ("[i \\in 1..30 |-> i] \\in Bijection(1..30, 1..30)", "TRUE"),
      ("[i \\in 1..30 |-> 1] \\in Surjection(1..30, 1..2)", "FALSE"),
      ("Max(5..2000000000)", "2000000000"), ("5..7 \\in kSubset(3, 1..2000000000)", "TRUE"),
    ])
  func described(expression: String, value: String) throws {
    let engine = try Explorer(InMemory.load(Community.extending(Community.directed)))
    #expect(try engine.evaluate(expression, in: nil).description == value)
  }
}

/// Arguments of operators, as text.
private struct ArgumentGenerator {
  var random: RandomGenerator

  mutating func number() -> String { "\(random.number(in: 0...4))" }
  mutating func set() -> String { list(upTo: 4, "{", "}") }
  mutating func sequence() -> String { list(upTo: 5, "<<", ">>") }
  mutating func bits() -> String { "\(random.below(1 << 20))" }

  /// A sequence, or a function over another set of numbers.
  mutating func function() -> String {
    random.oneIn(2) ? sequence() : "[x \\in \(set()) |-> (x * \(number())) % 3]"
  }

  mutating func sets() -> String {
    "{" + (0..<random.below(4)).map { _ in set() }.joined(separator: ", ") + "}"
  }

  mutating func sequences(_ open: String, _ close: String) -> String {
    open + (0...random.below(3)).map { _ in sequence() }.joined(separator: ", ") + close
  }

  mutating func bag() -> String { "[x \\in \(set()) |-> 1 + x % 3]" }

  /// A relation over 0..4, as a function.
  mutating func relation() -> String {
    let pairs = (0..<random.below(12)).map { _ in "<<\(random.below(5)), \(random.below(5))>>" }
    let known = "{" + pairs.joined(separator: ", ") + "}"
    return random.pick([
      "[x, y \\in 0..4 |-> <<x, y>> \\in \(known)]", "[x, y \\in 0..4 |-> x <= y]",
      "[x, y \\in 0..4 |-> x < y]",
      "[x, y \\in 0..4 |-> x = y \\/ x = 0]",
    ])
  }

  mutating func graph(isUndirected: Bool = false) -> String {
    let edges = (0..<random.below(7)).map { _ in
      let ends = "\(random.below(5)), \(random.below(5))"
      return isUndirected ? "{\(ends)}" : "<<\(ends)>>"
    }
    return "[node |-> \(set()), edge |-> {\(edges.joined(separator: ", "))}]"
  }

  private mutating func list(upTo longest: Int, _ open: String, _ close: String) -> String {
    open + (0..<random.below(longest + 1)).map { _ in number() }.joined(separator: ", ") + close
  }
}

@Suite("Native operators are what their modules define") struct NativeDefinitionTests {
  private static let pair = "LAMBDA x, y : <<x, y>>"
  private static let tests = ["LAMBDA x : x > 1", "LAMBDA x : x % 2 = 0", "LAMBDA x : x = 9"]

  @Test("On generated arguments", arguments: [1, 2, 3] as [UInt64]) func agree(seed: UInt64) throws {
    var make = ArgumentGenerator(random: RandomGenerator(seed: seed))
    let native = try Explorer(InMemory.load(Community.extending(Community.directed)))
    let defined = try Community.definitions(Community.directed)
    for _ in 0..<30 { for text in expressions(&make) { try compare(text, native, defined) } }
  }

  @Test("On generated undirected graphs", arguments: [4, 5] as [UInt64]) func undirected(seed: UInt64) throws
  {
    var make = ArgumentGenerator(random: RandomGenerator(seed: seed))
    let native = try Explorer(InMemory.load(Community.extending(Community.undirected)))
    let defined = try Community.definitions(Community.undirected)
    for _ in 0..<100 {
      let graph = make.graph(isUndirected: true)
      for text in [
        "SimplePath(\(graph))", "ConnectedComponents(\(graph))", "IsStronglyConnected(\(graph))",
        "AreConnectedIn(\(make.number()), \(make.number()), \(graph))",
      ] { try compare(text, native, defined) }
    }
  }

  private func compare(_ text: String, _ native: Explorer, _ defined: Explorer) throws {
    let (found, expected) = (try? native.evaluate(text, in: nil), try? defined.evaluate(text, in: nil))
    #expect(found == expected, "\(text)")
  }

  private func expressions(_ make: inout ArgumentGenerator) -> [String] {
    let test = make.random.pick(Self.tests)
    let (set, other, sequence, part) = (make.set(), make.set(), make.sequence(), make.sequence())
    let (function, number, relation, graph) = (make.function(), make.number(), make.relation(), make.graph())
    let numbers = "\(make.bits()), \(make.bits())"
    var texts = [
      "SetToSeq(\(set))", "SetToSeqs(\(set))", "SetToAllKPermutations(\(set))", "BoundedSeq(\(set), 3)",
      "SeqOf(\(set), \(number) - 1) = SeqOf(\(set), \(number) - 1)", "\(sequence) \\in BoundedSeq(\(set), 3)",
      "ToBag(\(function))", "Contains(\(sequence), \(number))", "RemoveFirst(\(sequence), \(number))",
      "RemoveFirstMatch(\(sequence), \(test))", "SelectInSeq(\(sequence), \(test))",
      "SelectLastInSeq(\(sequence), \(test))", "SelectInSubSeq(\(sequence), \(number), 3, \(test))",
      "SelectLastInSubSeq(\(sequence), 1, \(number), \(test))", "IsPrefix(\(part), \(sequence))",
      "Prefixes(\(sequence))", "Suffixes(\(sequence))", "AllSubSeqs(\(sequence))",
      "FoldSeq(LAMBDA x, y : x + y, 0, \(function))", "FoldLeftDomain(\(Self.pair), 0, \(sequence))",
      "FoldRightDomain(\(Self.pair), \(sequence), 0)", "FoldLeft(\(Self.pair), 0, \(sequence))",
      "FoldRight(\(Self.pair), \(sequence), 0)",
      "IndexFirstSubSeq(\(part), \(sequence))",
      "ReplaceFirstSubSeq(<<7>>, SubSeq(\(part), 1, IF \(part) = <<>> THEN 0 ELSE 1), \(sequence))",
      "ReplaceAllSubSeqs(<<7, 8>>, SubSeq(\(part), 1, IF \(part) = <<>> THEN 0 ELSE 1), \(sequence))",
      "Quantify(\(set), \(test))", "kSubset(\(number), \(set))", "\(other) \\in kSubset(2, \(set))",
      "Cardinality(kSubset(\(number), \(set)))", "Max(\(set))", "Min(\(set))", "IsInjective(\(function))",
      "Inverse(\(function), \(set), \(other))", "AntiFunction(\(function))", "Injection(\(set), \(other))",
      "Surjection(\(set), \(other))", "Bijection(\(set), \(other))",
      "\(function) \\in Injection(\(set), \(other))",
      "\(function) \\in Surjection(\(set), 0..2)", "FoldBag(\(Self.pair), 0, \(make.bag()))",
      "MapThenFoldSet(\(Self.pair), 0, LAMBDA x : x, LAMBDA s : CHOOSE x \\in s : TRUE, \(set))",
      "TransitiveClosure(\(relation), \(set))", "ReflexiveTransitiveClosure(\(relation), \(set))",
      "IsConnected(\(relation), \(set))", "ConnectionsIn(\(graph))", "SimplePath(\(graph))",
      "HasCycle(\(graph))",
      "AreConnectedIn(\(number), 1, \(graph))", "IsStronglyConnected(\(graph))", "Roots(\(graph))",
      "Leaves(\(graph))", "Ancestors(\(graph), \(number))", "Descendants(\(graph), \(number))",
    ]
    for kind in ["Injection", "Surjection", "Bijection"] {
      texts.append("Cardinality(\(kind)(\(set), \(other)))")
    }
    for kind in ["SetToSeqs", "SetToAllKPermutations"] { texts.append("Cardinality(\(kind)(\(set)))") }
    for name in ["CommonPrefixes", "LongestCommonPrefix"] {
      texts.append("\(name)(\(make.sequences("{", "}")))")
    }
    texts.append("FlattenSeq(\(make.sequences("<<", ">>")))")
    for symbol in ["&", "|", "^^"] {
      texts.append("LET Op(a, b) == a \(symbol) b IN Op(\(numbers))")
    }
    texts += ["Not(\(make.bits()))", "shiftR(\(make.bits()), \(number))"]
    for property in [
      "Reflexive", "Irreflexive", "Symmetric", "AntiSymmetric", "Asymmetric", "Transitive",
      "PartiallyOrdered",
      "StrictlyPartiallyOrdered", "TotallyOrdered", "StrictlyTotallyOrdered",
    ] {
      texts.append("Is\(property)(\(relation), \(set))")
      texts.append("Is\(property)Under(LAMBDA x, y : \(relation)[x, y], \(set))")
    }
    return texts
  }
}
