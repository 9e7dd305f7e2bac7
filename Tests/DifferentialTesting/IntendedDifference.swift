/// A kind of differences that are on purpose.
struct IntendedDifference: Sendable {
  let reason: String
  let applies: @Sendable (Difference) -> Bool

  /// Why the difference is on purpose; nil when it is not.
  static func reason(for difference: Difference) -> String? { all.first { $0.applies(difference) }?.reason }

  static let all: [IntendedDifference] = [
    IntendedDifference(
      reason: "An empty set beside what is no set is an error here; TLC looks at one side only."
    ) {
      $0.tlc.hasPrefix("error") == false && $0.synscope.contains("should be a set")
    },
    IntendedDifference(
      reason: "TLC keeps Seq({}) as it is written; here it is the set of the empty sequence."
    ) {
      $0.tlc.hasPrefix("unspelled") && $0.synscope == "{<<>>}"
    },
  ]
}
