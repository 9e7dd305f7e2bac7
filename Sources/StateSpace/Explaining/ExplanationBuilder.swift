import TLASyntax

/// Collects why an expression is false, from the outside in.
struct ExplanationBuilder {
  let store: ValueStore
  private(set) var witnesses: [(name: String, value: PlainValue)] = []
  private var span: SourceSpan?
  private var values: String?
  private var holds = false
  private var sides: Explanation.Sides?
  private var parts: [Explanation] = []
  /// The value of one side, if the other side is written as its own value.
  private var unwrittenValue: String?

  init(store: ValueStore) { self.store = store }

  /// Adds a bound name on the way down, with the value that makes the expression false.
  mutating func witness(_ name: String, _ value: Value) {
    witnesses.append((name: name, value: store.plain(value)))
  }

  /// Blames the smallest part. `holds` means that it is true where it must be false. `parts` explains each of several alternatives.
  mutating func blame(
    _ span: SourceSpan, values: String? = nil, holds: Bool = false, parts: [Explanation] = []
  ) {
    self.span = span
    self.values = values
    self.holds = holds
    self.parts = parts
    sides = nil
    unwrittenValue = nil
  }

  /// Blames a relation between two sides.
  mutating func blame(
    _ span: SourceSpan, _ left: Node, _ symbol: String, _ right: Node, _ machine: Machine,
    holds: Bool = false
  ) {
    guard let first = try? left.evaluate(machine), let second = try? right.evaluate(machine) else {
      return blame(span, holds: holds)
    }
    let (firstText, secondText) = (store.describe(first), store.describe(second))
    let text = "\(firstText) \(symbol) \(secondText)"
    blame(span, values: text == span.oneLineText ? nil : text, holds: holds)
    sides = Explanation.Sides(
      left: store.plain(first), leftSpan: left.site.span, symbol: symbol, right: store.plain(second),
      rightSpan: right.site.span)
    // A side that is written as its own value needs no mention.
    if secondText == right.site.span.oneLineText {
      unwrittenValue = firstText
    } else if firstText == left.site.span.oneLineText {
      unwrittenValue = secondText
    }
  }

  /// Blames every alternative of a disjunction.
  mutating func blame(_ span: SourceSpan, alternatives: [Node], _ machine: Machine) {
    let parts = alternatives.compactMap { node in
      ExplanationBuilder.explained(machine) { node.explainFalse(machine, &$0) }
    }
    let words = parts.map { $0.values ?? $0.expression }
    let values =
      words.count == 2
      ? "neither \(words[0]) nor \(words[1])" : "none of " + words.joined(separator: ", ")
    blame(span, values: values, parts: parts)
  }

  /// Blames an `\E`: no element of its set satisfies it. `explain` binds an element and says why it does not.
  mutating func blame(
    _ span: SourceSpan, noneOf names: [String], in set: Value, called text: String?, _ machine: Machine,
    _ explain: (Value, inout ExplanationBuilder) -> Void
  ) {
    let elements = store.elements(set)
    let name = names.count == 1 ? names[0] : "<<\(names.joined(separator: ", "))>>"
    let isShort = elements.count <= 8 || text == nil
    let values = "no \(name) in \(isShort ? store.describe(set) : text ?? "")"
    let parts =
      elements.count > 4
      ? []
      : elements.compactMap { element in
        ExplanationBuilder.explained(machine) { explain(element, &$0) }
      }
    blame(span, values: values, parts: parts)
  }

  private static func explained(
    _ machine: Machine, _ explain: (inout ExplanationBuilder) -> Void
  ) -> Explanation? {
    var builder = ExplanationBuilder(store: machine.store)
    explain(&builder)
    return builder.result
  }

  var result: Explanation? {
    span.map {
      Explanation(
        expression: $0.oneLineText, values: values, unwrittenValue: unwrittenValue, witnesses: witnesses,
        span: $0, holds: holds,
        sides: sides, parts: parts)
    }
  }
}

/// Finds the conjunct that disables an action: the false conjunct that was reached after the most true ones.
final class DisabledExplainer {
  private(set) var explanation: Explanation?
  private var depth = 0
  private var deepest = -1

  /// Notes that a conjunct is true, so those after it are reached.
  @inline(__always) func enter() { depth += 1 }
  @inline(__always) func leave() { depth -= 1 }

  /// Notes that a conjunct is false.
  func fail(_ machine: Machine, _ explain: (inout ExplanationBuilder) -> Void) {
    guard depth > deepest else { return }
    deepest = depth
    var builder = ExplanationBuilder(store: machine.store)
    explain(&builder)
    explanation = builder.result
  }
}
