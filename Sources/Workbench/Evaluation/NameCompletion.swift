/// The completion of the name that the user is typing in an expression.
struct NameCompletion: Hashable, Sendable {
  /// The typed part of the name.
  let typed: String
  /// The names that begin with the typed part, in alphabetical order. If there are none, those that do when case is ignored.
  let candidates: [String]

  /// `names` are all names that the expression can mention. They consist of letters, digits and `marks`.
  init(of field: TextField, names: [String], marks: Set<Character> = ["_"]) {
    let typed = String(
      field.textBeforeCursor.reversed().prefix { $0.isLetter || $0.isNumber || marks.contains($0) }.reversed()
    )
    self.typed = typed
    guard !typed.isEmpty else {
      candidates = []
      return
    }
    let exact = names.filter { $0.hasPrefix(typed) }
    candidates =
      exact.isEmpty ? names.filter { $0.lowercased().hasPrefix(typed.lowercased()) } : exact
  }

  /// The field with the name completed as far as all candidates agree; nil if that adds nothing.
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
