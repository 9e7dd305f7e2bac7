import TLASyntax

/// Collects which implications of a predicate a state tests: those whose premise is true, and each `\A` over a set that has elements.
struct ImplicationNotes {
  let store: ValueStore
  private(set) var implications: [ImplicationStatus] = []
  /// The names that are bound on the way down.
  private var bound: [(name: String, value: Value)] = []

  init(store: ValueStore) { self.store = store }

  /// Runs a part of the walk with names bound.
  mutating func within(_ names: [(String, Value)], _ walk: (inout ImplicationNotes) -> Void) {
    let count = bound.count
    bound += names.map { (name: $0.0, value: $0.1) }
    walk(&self)
    bound.removeLast(bound.count - count)
  }

  /// Notes one implication for one binding. It counts as tested if any binding tests it. Otherwise the first reason is kept.
  mutating func note(
    _ span: SourceSpan, isTested: Bool, because explain: (inout ExplanationBuilder) -> Void
  ) {
    let known = implications.firstIndex { $0.span == span }
    if let known, implications[known].untestedBecause == nil { return }
    if isTested {
      let status = ImplicationStatus(span: span, untestedBecause: nil)
      if let known { implications[known] = status } else { implications.append(status) }
    } else if known == nil {
      var builder = ExplanationBuilder(store: store)
      for (name, value) in bound { builder.witness(name, value) }
      explain(&builder)
      guard let reason = builder.result else { return }
      implications.append(ImplicationStatus(span: span, untestedBecause: reason))
    }
  }
}
