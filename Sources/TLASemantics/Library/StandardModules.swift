/// The definitions of the language and its standard modules: the one table that binds names to native implementations.
package enum StandardModules {
  struct Entry: Sendable {
    let name: String
    let arity: Int
    let builtin: Builtin

    init(_ name: String, _ arity: Int, _ builtin: Builtin) {
      self.name = name
      self.arity = arity
      self.builtin = builtin
    }
  }

  struct Contents: Sendable {
    let extends: [String]
    let entries: [Entry]
    /// Whether the module has further names, which only proofs mention.
    var isOpen = false
  }

  /// Operators that need no module.
  static let language: [Entry] = [
    Entry("~", 1, .not), Entry("=>", 2, .implies), Entry("\\equiv", 2, .equivalent),
    Entry("=", 2, .equals), Entry("#", 2, .notEquals),
    Entry("\\in", 2, .member), Entry("\\notin", 2, .notMember),
    Entry("\\cup", 2, .union), Entry("\\cap", 2, .intersection), Entry("\\", 2, .difference),
    Entry("\\subseteq", 2, .subsetOrEqual), Entry("SUBSET", 1, .powerset), Entry("UNION", 1, .unionAll),
    Entry("DOMAIN", 1, .domain), Entry("BOOLEAN", 0, .booleans), Entry("STRING", 0, .strings),
    Entry("[]", 1, .always), Entry("<>", 1, .eventually), Entry("~>", 2, .leadsTo),
    Entry("-+->", 2, .plusArrow), Entry("\\cdot", 2, .compose),
  ]

  /// The standard modules by name.
  static let modules: [String: Contents] = [
    "Naturals": Contents(
      extends: [],
      entries: [
        Entry("+", 2, .plus), Entry("-", 2, .minus), Entry("*", 2, .times), Entry("^", 2, .power),
        Entry("\\leq", 2, .lessOrEqual), Entry("\\geq", 2, .greaterOrEqual), Entry("<", 2, .less),
        Entry(">", 2, .greater), Entry("%", 2, .modulo), Entry("\\div", 2, .divide),
        Entry("..", 2, .interval), Entry("Nat", 0, .naturals),
      ]),
    "Integers": Contents(
      extends: ["Naturals"], entries: [Entry("Int", 0, .integers), Entry("-.", 1, .negate)]),
    "Reals": Contents(
      extends: ["Integers"],
      entries: [Entry("Real", 0, .reals), Entry("/", 2, .divideReals), Entry("Infinity", 0, .infinity)]),
    "Sequences": Contents(
      extends: [],
      entries: [
        Entry("Seq", 1, .sequences), Entry("Len", 1, .length), Entry("\\o", 2, .concatenate),
        Entry("Append", 2, .append), Entry("Head", 1, .head), Entry("Tail", 1, .tail),
        Entry("SubSeq", 3, .subsequence), Entry("SelectSeq", 2, .selectSequence),
      ]),
    "FiniteSets": Contents(
      extends: [],
      entries: [Entry("IsFiniteSet", 1, .isFiniteSet), Entry("Cardinality", 1, .cardinality)]),
    "TLC": Contents(
      extends: [],
      entries: [
        Entry("Print", 2, .print), Entry("PrintT", 1, .printTop), Entry("Assert", 2, .assert),
        Entry(":>", 2, .singleFunction), Entry("@@", 2, .mergeFunctions),
        Entry("Permutations", 1, .permutations), Entry("ToString", 1, .toString),
        Entry("SortSeq", 2, .sortSequence), Entry("TLCEval", 1, .tlcEval), Entry("Any", 0, .any),
        Entry("RandomElement", 1, .randomElement), Entry("TLCGet", 1, .tlcGet), Entry("TLCSet", 2, .tlcSet),
        Entry("JavaTime", 0, .javaTime),
      ]),
    "TLCExt": Contents(
      extends: [],
      entries: [
        Entry("AssertError", 2, .assertError), Entry("AssertEq", 2, .assertEqual),
        Entry("TLCModelValue", 1, .tlcModelValue), Entry("TLCCache", 2, .cache), Entry("TLCDefer", 1, .defer),
        Entry("PickSuccessor", 1, .pickSuccessor), Entry("TLCGetOrDefault", 2, .tlcGetOrDefault),
        Entry("TLCGetAndSet", 4, .tlcGetAndSet), Entry("Trace", 0, .trace),
        Entry("CounterExample", 0, .counterExample), Entry("ToTrace", 1, .toTrace),
        Entry("TLCFP", 1, .fingerprint), Entry("TLCNoOp", 1, .noOperation),
      ]),
    "Randomization": Contents(
      extends: [],
      entries: [
        Entry("RandomSubset", 2, .randomSubset), Entry("RandomSetOfSubsets", 3, .randomSetOfSubsets),
        Entry("TestRandomSetOfSubsets", 3, .testRandomSetOfSubsets),
      ]),
    "Json": Contents(
      extends: [],
      entries: [
        Entry("ToJson", 1, .toJSON), Entry("ToJsonArray", 1, .toJSONArray),
        Entry("ToJsonObject", 1, .toJSONObject),
        Entry("JsonSerialize", 2, .jsonSerialize), Entry("JsonDeserialize", 1, .jsonDeserialize),
        Entry("ndJsonSerialize", 2, .ndJSONSerialize), Entry("ndJsonDeserialize", 1, .ndJSONDeserialize),
      ]),
    // A checker needs none of its operators, because they stand only in proofs.
    "TLAPS": Contents(extends: [], entries: [], isOpen: true),
    // Libraries of theorems. Only the modules that they extend matter for evaluation.
    "NaturalsInduction": Contents(extends: ["Integers"], entries: [], isOpen: true),
    "WellFoundedInduction": Contents(extends: ["Integers"], entries: [], isOpen: true),
    "FiniteSetTheorems": Contents(extends: ["FiniteSets", "Integers"], entries: [], isOpen: true),
    "SequenceTheorems": Contents(extends: ["Sequences", "Integers"], entries: [], isOpen: true),
  ]

  /// Modules of TLC's distribution and of the community's library that are known but not supported.
  static let unsupportedModules: Set<String> = [
    "RealTime", "TLCRuntime",
    "DifferentialEquations", "GraphViz", "HTML", "Quorum", "Statistics",
    "FiniteSetsExtTheorems", "FiniteSetsExtTheorems_proofs", "FoldsTheorems", "FoldsTheorems_proofs",
    "FunctionTheorems", "FunctionTheorems_proofs", "GraphTheorems", "GraphTheorems_proofs",
    "QuorumTheorems", "QuorumTheorems_proofs", "SequencesExtTheorems", "SequencesExtTheorems_proofs",
  ]

  /// The entry with that name in any module.
  static func entry(_ name: String) -> Entry? {
    language.first { $0.name == name }
      ?? modules.sorted { $0.key < $1.key }.lazy.flatMap(\.value.entries).first { $0.name == name }
  }

  /// The entry of an operator of the language or of a module. If several names stand for it, the first in alphabetical order.
  static func entry(of builtin: Builtin) -> Entry? {
    let entries = language + modules.values.flatMap(\.entries) + natives.values.flatMap { $0 }
    return entries.filter { $0.builtin == builtin }.min { $0.name < $1.name }
  }

  /// The arities of an operator's parameters. `count` is their number.
  static func arities(of builtin: Builtin, count: Int) -> [Int] {
    let operators = operatorParameters[builtin] ?? [:]
    return (0..<count).map { operators[$0] ?? 0 }
  }

  /// A standard module and all modules that it extends; empty if there is none with that name.
  static func names(extendedBy name: String) -> Set<String> {
    guard let contents = modules[name] else { return [] }
    return contents.extends.reduce(into: [name]) { $0.formUnion(names(extendedBy: $1)) }
  }

  /// The standard module that defines a name, for a hint.
  static func module(defining name: String) -> String? {
    modules.filter { $0.value.entries.contains { $0.name == name } }.keys.sorted().first
  }
}
