/// An input for which Synscope and TLC report different results, shrunk.
package struct Difference: Sendable {
  /// The seed that repeats the input.
  let seed: UInt64
  /// The expression, or the module with its configuration.
  let input: String
  let tlc: String
  let synscope: String
  /// The common features of differences with the same cause, as far as they are known.
  let shape: String

  /// The reason if the difference is on purpose, else nil.
  var reason: String? { IntendedDifference.reason(input, tlc: tlc, synscope: synscope) }
}

/// The differences that a run found, by kind.
struct DifferentialReport {
  private struct Group {
    var smallest: Difference
    var count = 0
    let reason: String?
  }

  private let kind: String
  /// By the reason; without one, by the shape.
  private var groups: [String: Group] = [:]
  private var compared = 0

  init(kind: String) { self.kind = kind }

  mutating func add(_ differences: [Difference], compared: Int) {
    self.compared += compared
    for difference in differences {
      let reason = difference.reason
      var group = groups[reason ?? difference.shape] ?? Group(smallest: difference, reason: reason)
      group.count += 1
      if difference.input.count < group.smallest.input.count { group.smallest = difference }
      groups[reason ?? difference.shape] = group
    }
  }

  /// The number of kinds that are not on purpose.
  var unexpected: Int { groups.values.count { $0.reason == nil } }

  var figures: String {
    let onPurpose = groups.values.filter { $0.reason != nil }.reduce(0) { $0 + $1.count }
    return "\(compared) \(kind), \(onPurpose) differ on purpose, \(unexpected) kinds of others"
  }

  /// Kinds that are not on purpose come first, and among these the ones in which Synscope has a value.
  var text: String {
    func rank(_ group: Group) -> (Int, Int, Int) {
      let isError =
        group.smallest.synscope.hasPrefix("error") ? 2 : group.smallest.tlc.hasPrefix("error") ? 1 : 0
      return (group.reason == nil ? 0 : 1, isError, group.smallest.input.count)
    }
    let sorted = groups.values.sorted { rank($0) < rank($1) }
    let entries = sorted.map { group in
      """
      ## \(group.reason.map { "On purpose: \($0)" } ?? group.smallest.shape)
      \(group.count) times; seed \(group.smallest.seed)
      ```
      \(group.smallest.input)
      ```
      - TLC: \(group.smallest.tlc.prefix(300))
      - Synscope: \(group.smallest.synscope.prefix(300))

      """
    }
    return "# \(figures)\n\n" + entries.joined(separator: "\n")
  }
}
