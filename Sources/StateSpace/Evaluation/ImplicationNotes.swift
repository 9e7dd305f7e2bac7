import TLASyntax

/// Collects whether the implications of a predicate are tested in a state: whether a premise is true, or a set that a `\A` goes through has elements.
struct ImplicationNotes {
  let store: ValueStore
  private(set) var implications: [ImplicationStatus] = []
  /// The bound names on the way down.
  private var bound: [(name: String, value: Value)] = []

  init(store: ValueStore) { self.store = store }

  /// Runs a part of the walk under bound names.
  mutating func within(_ names: [(String, Value)], _ walk: (inout ImplicationNotes) -> Void) {
    let count = bound.count
    bound += names.map { (name: $0.0, value: $0.1) }
    walk(&self)
    bound.removeLast(bound.count - count)
  }

  /// One implication for one binding. It is tested when it is for any; the first reason why it is not is kept.
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
