/// Where labels may stand, and which names they must list. A label lists every identifier that is bound between it and the enclosing
/// definition or label, so that `Def!label(x)` says which instance of the expression is meant.
struct LabelScopes {
  private struct LabelScope {
    /// The names bound on the way, the outermost first.
    var bound: [Binder] = []
    var labels: Set<String> = []
  }

  private var scopes: [LabelScope] = []
  /// False after a `NEW` in an `ASSUME` that is part of another.
  var isAllowed = true

  /// Whether there can be labels: only in a definition, or in something that has a name.
  var isOpen: Bool { !scopes.isEmpty }

  /// The names that a label must list here.
  var bound: [Binder] { scopes.last?.bound ?? [] }

  mutating func open() { scopes.append(LabelScope()) }
  mutating func close() { scopes.removeLast() }

  mutating func bind(_ binder: Binder) {
    if isOpen { scopes[scopes.count - 1].bound.append(binder) }
  }

  /// Forgets all bound names except the first `count`.
  mutating func unbind(to count: Int) {
    if isOpen { scopes[scopes.count - 1].bound.removeLast(bound.count - count) }
  }

  /// Returns false if there is already a label with that name.
  mutating func add(_ label: String) -> Bool {
    isOpen && scopes[scopes.count - 1].labels.insert(label).inserted
  }
}
