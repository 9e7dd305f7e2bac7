import TLASyntax

/// Collects why something is false, from the outside in.
struct ExplanationBuilder {
  let store: ValueStore
  private(set) var witnesses: [(name: String, value: PlainValue)] = []
  private var span: SourceSpan?
  private var values: String?
  /// The value of the one side that is not written as its value.
  private var unwrittenValue: String?

  init(store: ValueStore) { self.store = store }

  /// A bound name on the way, with the value that makes it false.
  mutating func witness(_ name: String, _ value: Value) {
    witnesses.append((name: name, value: store.plain(value)))
  }

  /// The smallest part that is to blame.
  mutating func blame(_ span: SourceSpan, values: String? = nil) {
    self.span = span
    self.values = values
    unwrittenValue = nil
  }

  /// A relation between two sides is to blame.
  mutating func blame(_ span: SourceSpan, _ left: Node, _ symbol: String, _ right: Node, _ machine: Machine) {
    guard let first = try? left.evaluate(machine), let second = try? right.evaluate(machine) else {
      return blame(span)
    }
    let (firstText, secondText) = (store.describe(first), store.describe(second))
    let text = "\(firstText) \(symbol) \(secondText)"
    blame(span, values: text == span.oneLineText ? nil : text)
    // A side that is written as its own value needs no telling.
    if secondText == right.site.span.oneLineText {
      unwrittenValue = firstText
    } else if firstText == left.site.span.oneLineText {
      unwrittenValue = secondText
    }
  }

  var result: Explanation? {
    span.map {
      Explanation(
        expression: $0.oneLineText, values: values, unwrittenValue: unwrittenValue, witnesses: witnesses,
        span: $0)
    }
  }
}

/// Finds the conjunct that forbids an action: the false one that was reached behind the most true ones.
final class DisabledExplainer {
  private(set) var explanation: Explanation?
  private var depth = 0
  private var deepest = -1

  /// A conjunct is true; the ones behind it are reached.
  @inline(__always) func enter() { depth += 1 }
  @inline(__always) func leave() { depth -= 1 }

  /// A conjunct is false.
  func fail(_ machine: Machine, _ explain: (inout ExplanationBuilder) -> Void) {
    guard depth > deepest else { return }
    deepest = depth
    var builder = ExplanationBuilder(store: machine.store)
    explain(&builder)
    explanation = builder.result
  }
}
