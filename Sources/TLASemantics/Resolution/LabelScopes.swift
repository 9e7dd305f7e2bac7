/// Where labels may stand and what they are to be labelled with: a label names every identifier that is bound between it and the definition, or the
/// label, that it stands in, so that `Def!label(x)` says which instance of the expression is meant.
struct LabelScopes {
  private struct LabelScope {
    /// The names that are bound on the way, the outermost first.
    var bound: [Binder] = []
    var labels: Set<String> = []
  }

  private var scopes: [LabelScope] = []
  /// Not behind a `NEW` in an `ASSUME` that stands in another.
  var isAllowed = true

  /// Whether labels can be named at all: only in a definition, or in what has a name.
  var isOpen: Bool { !scopes.isEmpty }

  /// What a label here has to name.
  var bound: [Binder] { scopes.last?.bound ?? [] }

  mutating func open() { scopes.append(LabelScope()) }
  mutating func close() { scopes.removeLast() }

  mutating func bind(_ binder: Binder) {
    if isOpen { scopes[scopes.count - 1].bound.append(binder) }
  }

  /// Forgets the names that were bound since there were `count` of them.
  mutating func unbind(to count: Int) {
    if isOpen { scopes[scopes.count - 1].bound.removeLast(bound.count - count) }
  }

  /// False when a label of that name stands here already.
  mutating func add(_ label: String) -> Bool {
    isOpen && scopes[scopes.count - 1].labels.insert(label).inserted
  }
}
