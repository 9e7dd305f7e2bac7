/// An input of which the two say different things, made small.
package struct Difference: Sendable {
  /// What to repeat it with.
  let seed: UInt64
  /// The expression, or the module with its configuration.
  let input: String
  let tlc: String
  let synscope: String
  /// What differences of one cause have in common, as far as it can be told.
  let shape: String
}

/// What a run found, by kind.
struct DifferentialReport {
  private struct Group {
    let smallest: Difference
    var count = 1
    let reason: String?
  }

  private let kind: String
  private var groups: [String: Group] = [:]
  private var compared = 0
  private var differing = 0

  init(kind: String) { self.kind = kind }

  mutating func add(_ differences: [Difference], compared: Int, differing: Int) {
    self.compared += compared
    self.differing += differing
    for difference in differences {
      if let known = groups[difference.shape] {
        let smallest = known.smallest.input.count <= difference.input.count ? known.smallest : difference
        groups[difference.shape] = Group(smallest: smallest, count: known.count + 1, reason: known.reason)
      } else {
        groups[difference.shape] = Group(
          smallest: difference, reason: IntendedDifference.reason(for: difference))
      }
    }
  }

  /// The number of kinds that are not on purpose.
  var unexpected: Int { groups.values.count { $0.reason == nil } }

  var figures: String {
    "\(compared) \(kind), \(differing) differ, \(unexpected) kinds, and \(groups.count - unexpected) on purpose"
  }

  /// The kinds that are not on purpose first, of these the ones in which Synscope has a value.
  var text: String {
    let sorted = groups.values.sorted { one, other in
      (one.reason == nil ? 0 : 1, one.smallest.synscope.hasPrefix("error") ? 1 : 0, one.smallest.input.count)
        < (
          other.reason == nil ? 0 : 1, other.smallest.synscope.hasPrefix("error") ? 1 : 0,
          other.smallest.input.count
        )
    }
    let entries = sorted.map { group in
      """
      ## \(group.smallest.shape)\(group.reason.map { "\nOn purpose: \($0)" } ?? "")
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
