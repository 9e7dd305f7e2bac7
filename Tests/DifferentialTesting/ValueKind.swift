/// A kind of value with an expression for it. Two kinds differ if TLC makes, stores or compares them differently.
package struct ValueKind: Sendable {
  package let name: String
  package let expression: String

  init(_ name: String, _ expression: String) {
    self.name = name
    self.expression = expression
  }
}

extension ValueKind {
  /// All kinds. `U` and `V` are untyped model values, `P` and `R` have one type, `Q` has another.
  package static let all: [ValueKind] = elements + sets

  package static let sets = finiteSets + infiniteSets

  /// The kinds that are not sets.
  package static let elements = [
    ValueKind("integer", "1"), ValueKind("negative integer", "(-3)"),
    ValueKind("large integer", "2147483647"),
    ValueKind("boolean", "TRUE"), ValueKind("string", "\"a\""), ValueKind("empty string", "\"\""),
    ValueKind("untyped model value", "U"), ValueKind("another untyped model value", "V"),
    ValueKind("typed model value", "P"), ValueKind("another of its type", "R"),
    ValueKind("model value of another type", "Q"), ValueKind("empty sequence", "<<>>"),
    ValueKind("sequence", "<<1, 2>>"), ValueKind("tuple of mixed kinds", "<<1, \"a\">>"),
    ValueKind("sequence of sequences", "<<<<1>>>>"), ValueKind("record", "[f |-> 1]"),
    ValueKind("wide record", "[f |-> \"a\", g |-> {1}]"), ValueKind("empty function", "[i \\in {} |-> i]"),
    ValueKind("function that is a sequence", "[i \\in 1..2 |-> i]"),
    ValueKind("function over integers", "[i \\in {0, 3} |-> i]"),
    ValueKind("function over model values", "[i \\in {P, R} |-> 1]"),
    ValueKind("function over sets", "[i \\in {{1}} |-> 1]"),
    ValueKind("function over pairs", "[i, j \\in {1} |-> 1]"),
    ValueKind("function over booleans", "[i \\in BOOLEAN |-> i]"),
    ValueKind("infinite function", "[i \\in Nat |-> i]"), ValueKind("function of :>", "(\"f\" :> 1)"),
    ValueKind("function of @@", "(1 :> 1 @@ 2 :> 2)"), ValueKind("bag", "SetToBag({1, 2})"),
    ValueKind("updated function", "[<<1, 1>> EXCEPT ![2] = 2]"),
  ]

  package static let finiteSets = [
    ValueKind("empty set", "{}"), ValueKind("set of integers", "{1, 2}"),
    ValueKind("set of strings", "{\"a\", \"b\"}"),
    ValueKind("set of booleans", "{TRUE}"), ValueKind("set of untyped model values", "{U, V}"),
    ValueKind("set of typed model values", "{P, R}"),
    ValueKind("set of an integer and a model value", "{1, U}"),
    ValueKind("set of sets", "{{}, {1}}"), ValueKind("set of sequences", "{<<1, 2>>, <<>>}"),
    ValueKind("set of records", "{[f |-> 1]}"), ValueKind("set of functions", "{[i \\in {0, 3} |-> i]}"),
    ValueKind("set of mixed kinds", "{1, \"a\"}"), ValueKind("interval", "1..2"),
    ValueKind("empty interval", "2..1"), ValueKind("powerset", "(SUBSET {1, 2})"),
    ValueKind("set of functions over sets", "[{0, 3} -> {0, 3}]"),
    ValueKind("set of sequences of a length", "[1..2 -> {1, 2}]"),
    ValueKind("set of empty functions", "[{} -> {1}]"), ValueKind("empty set of functions", "[{1} -> {}]"),
    ValueKind("record set", "[f : {1, 2}]"), ValueKind("empty record set", "[f : {1}, g : {}]"),
    ValueKind("product", "({1} \\X {2, \"a\"})"), ValueKind("empty product", "({} \\X {1})"),
    ValueKind("BOOLEAN", "BOOLEAN"), ValueKind("filter", "{i \\in 0..2 : i > 0}"),
    ValueKind("map", "{i + 1 : i \\in 0..1}"), ValueKind("union of sets", "(UNION {{1}, {2}})"),
    ValueKind("domain", "(DOMAIN <<1, 2>>)"), ValueKind("finite difference", "((0..2) \\ {0})"),
  ]

  package static let infiniteSets = [
    ValueKind("Nat", "Nat"), ValueKind("Int", "Int"), ValueKind("STRING", "STRING"),
    ValueKind("Seq", "Seq({1, 2})"),
    ValueKind("Seq of nothing", "Seq({})"), ValueKind("infinite union", "(Nat \\cup {-3})"),
    ValueKind("infinite difference", "(Int \\ Nat)"), ValueKind("infinite intersection", "(Int \\cap Nat)"),
    ValueKind("infinite filter", "{i \\in Nat : i > 0}"), ValueKind("infinite product", "(Nat \\X {2})"),
    ValueKind("infinite set of functions", "[{0, 3} -> Nat]"), ValueKind("infinite record set", "[f : Nat]"),
    ValueKind("infinite powerset", "(SUBSET Nat)"),
  ]
}
