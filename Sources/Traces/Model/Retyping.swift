package import StateSpace

extension Trace {
  /// The trace with its strings and model values typed as in a specification. A string becomes a model value if it is the name of one of
  /// the sample's model values and not one of its strings; and the other way round.
  ///
  /// Files of other tools have no model values: they write `"n1"`, or `"n1_OF_NODE"`. The sample consists of a specification's constants
  /// and some of its values.
  package func reTyped(against sample: [PlainValue]) -> Trace {
    var types = Retyping()
    for value in sample {
      value.forEachPart { part in
        switch part {
        case .modelValue(let name): types.modelValues.insert(name)
        case .string(let text): types.strings.insert(text)
        case .record(let fields): types.strings.formUnion(fields.map(\.name))
        default: break
        }
      }
    }
    var result = self
    func typed(_ label: ActionLabel) -> ActionLabel {
      ActionLabel(name: label.name, arguments: label.arguments.map(types.apply))
    }
    result.steps = steps.map { step in
      TraceStep(label: step.label.map(typed), values: step.values.map(types.apply))
    }
    result.closing = closing.map(typed)
    return result
  }
}

/// The names that a specification uses as model values, and those that it uses as strings.
private struct Retyping {
  var modelValues: Set<String> = []
  var strings: Set<String> = []

  func apply(_ value: PlainValue) -> PlainValue {
    switch value {
    case .boolean, .integer, .symbolicSet:
      return value
    case .string(let text):
      return string(text)
    case .modelValue(let name):
      return !modelValues.contains(name) && strings.contains(name) ? .string(name) : value
    case .set(let elements):
      return .set(elements.map(apply))
    case .tuple(let elements):
      return .tuple(elements.map(apply))
    case .function(let pairs):
      return function(pairs.map { PlainValue.Pair(argument: apply($0.argument), value: apply($0.value)) })
        ?? value
    case .record(let fields):
      return function(fields.map { PlainValue.Pair(argument: string($0.name), value: apply($0.value)) })
        ?? value
    }
  }

  private func function(_ pairs: [PlainValue.Pair]) -> PlainValue? { PlainValue.function(of: pairs) }

  private func string(_ text: String) -> PlainValue {
    if strings.contains(text) { return .string(text) }
    if modelValues.contains(text) { return .modelValue(text) }
    // Apalache writes a value of an uninterpreted type as name and type.
    if let suffix = text.firstRange(of: "_OF_") {
      let name = String(text[..<suffix.lowerBound])
      if modelValues.contains(name) { return .modelValue(name) }
    }
    return .string(text)
  }
}
