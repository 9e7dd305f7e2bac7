/// Completing the name that is being typed in an expression.
struct NameCompletion: Hashable, Sendable {
  /// What was typed of the name.
  let typed: String
  /// The names that begin so, in alphabetical order; those that do but for upper and lower case when none does.
  let candidates: [String]

  /// `names` is every name that the expression can mention.
  init(of field: TextField, names: [String]) {
    let typed = String(
      field.textBeforeCursor.reversed().prefix { $0.isLetter || $0.isNumber || $0 == "_" }.reversed())
    self.typed = typed
    guard !typed.isEmpty else {
      candidates = []
      return
    }
    let exact = names.filter { $0.hasPrefix(typed) }
    candidates =
      exact.isEmpty ? names.filter { $0.lowercased().hasPrefix(typed.lowercased()) } : exact
  }

  /// The field with as much of the name as is certain; nil when nothing is.
  func completing(_ field: TextField) -> TextField? {
    guard let first = candidates.first else { return nil }
    let common = candidates.dropFirst().reduce(first) { common, name in
      String(zip(common, name).prefix { $0 == $1 }.map(\.0))
    }
    guard common.count > typed.count || (candidates.count == 1 && common != typed) else { return nil }
    var field = field
    field.replaceBeforeCursor(typed.count, with: common)
    return field
  }
}
