/// A kind of differences that are on purpose. It is recognised by the results of both, because a random expression is too large to analyse.
struct IntendedDifference: Sendable {
  let reason: String
  /// The input, TLC's result and Synscope's result.
  let applies: @Sendable (String, _ tlc: String, _ synscope: String) -> Bool

  /// The reason if the difference is on purpose, else nil.
  static func reason(_ input: String, tlc: String, synscope: String) -> String? {
    all.first { $0.applies(input, tlc, synscope) }?.reason
  }

  static let all: [IntendedDifference] = [
    IntendedDifference(
      reason: "An empty set beside what is no set is an error here; TLC looks at one side only."
    ) {
      hasValue($1) && $2.hasPrefix("error: ") && $2.contains("should be a set")
    },
    IntendedDifference(
      reason:
        "What is no set, or an order of no set, fails here as soon as it is met; TLC leaves it where nothing asks for it."
    ) {
      hasValue($1) && $2.hasPrefix("error: ") && $2.contains("a set is expected here")
    },
    IntendedDifference(
      reason: "TLC keeps Seq({}) as it is written; here it is the set of the empty sequence."
    ) {
      $0.contains("Seq(") && $2 == "{<<>>}" && $1.hasPrefix("unspelled: ")
        || $1.contains("overridden value Seq(") && hasValue($2)
    },
    IntendedDifference(
      reason:
        "TLC compares all elements of a set with each other, and fails on those of several kinds; here such a set has "
        + "an order, and only a comparison that decides the value fails."
    ) {
      fails($1) && hasValue($2) && comparing.contains(where: $1.contains)
    },
    IntendedDifference(
      reason: "TLC enumerates the set, which is infinite or described; here its description decides."
    ) {
      fails($1) && hasValue($2) && enumerating.contains(where: $1.contains)
    },
    IntendedDifference(
      reason:
        "A string is no sequence here, nor a record a function of something else; TLC takes one for the other on one side."
    ) {
      hasValue($1) && $2.contains("cannot be compared: ")
        && [
          "a string and a sequence", "a sequence and a string", "a record and a sequence",
          "a sequence and a record",
        ]
        .contains(where: $2.contains)
    },
    IntendedDifference(
      reason:
        "A model value of a type may be compared with its like alone; TLC allows more where it compares by order."
    ) {
      hasValue($1) && $2.hasPrefix("error: ") && $2.contains("a model value") && $2.contains(/\b[AB]_[12]\b/)
    },
    IntendedDifference(reason: "A string is no sequence here.") {
      hasValue($1) && $2.hasPrefix("error: ") && $2.contains("should be a sequence, and is \"")
    },
    IntendedDifference(
      reason: "An element that a set cannot have fails here; TLC looks at an empty part of the set first."
    ) {
      hasValue($1) && $2.hasPrefix("error: ") && $2.contains("cannot be an element of")
    },
    IntendedDifference(
      reason: "An argument that no sequence has is passed over by EXCEPT, as for other functions."
    ) {
      $1.contains("Attempted to apply tuple to a non-integer") && $0.contains("EXCEPT") && hasValue($2)
    },
    IntendedDifference(
      reason: "What is no bag is a bag of nothing here, as the definitions in TLA+ have it; TLC refuses it."
    ) {
      $1.hasPrefix("error: ") && hasValue($2)
        && ["a bag", "Bag", "(-)", "(+)", "SqSubseteq", "\\sqsubseteq"].contains(where: $1.contains)
    },
    IntendedDifference(
      reason: "TLC puts a value that TLCEval gives into another order before EXCEPT reads it."
    ) {
      $0.contains("[TLCEval(<<") && $0.contains("EXCEPT") && hasValue($1) && hasValue($2)
    },
    IntendedDifference(reason: "TLC goes through nothing where two names are bound to SUBSET {}.") {
      input, _, _ in
      input.count < 100 && input.contains(#/\\[AE] \w+, \w+ \\in \(SUBSET \{\}\) : /#)
    },
    IntendedDifference(reason: "TLC prints a described set as it is written.") {
      $0.contains("ToString(") && $1.hasPrefix("\"") && $2.hasPrefix("\"")
    },
  ]

  private static func fails(_ outcome: String) -> Bool {
    outcome.hasPrefix("error: ") || outcome.hasPrefix("unspelled: ")
  }

  private static func hasValue(_ outcome: String) -> Bool {
    !["error: ", "unspelled: ", "refused: "].contains(where: outcome.hasPrefix) && outcome != "late"
  }

  private static let comparing = [
    "Attempted to compare", "Attempted to check equality", "Attempted to check if the typed model value",
    "Attempted to check if non-tuple", "Attempted to check if non-record", "Attempted to check if the value",
    "Attempted to check if the model value", "which is not a TLC function value, is in",
  ]
  private static let enumerating = [
    "Attempted to enumerate", "Attempted to compute the number of elements",
    "Attempted to compute cardinality",
    "non-enumerable", "is not enumerable", "are not both enumerable", "which is not a finite",
    "is not a finite",
    "Attempted to evaluate an expression of form CHOOSE", "To convert a function of form",
    "Attempted to compute the value of an expression of form", "which is not a set",
    "Attempted to evaluate an expression of form",
  ]
}
