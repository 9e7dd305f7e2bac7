package import StateSpace

extension PlainValue {
  /// A value of an untyped trace as a specification has it: an array as a set or a sequence, an object as a function or
  /// a record, a text as a string or a model value, whichever the example is. Where the example says nothing the
  /// value stays as it is.
  ///
  /// It equals the example exactly when the format writes the example as this value.
  package func typed(like example: PlainValue) -> PlainValue {
    switch (self, example) {
    case (.string(let text), .modelValue(let name)):
      return text == name ? example : (text.contains(" ") ? self : .modelValue(text))
    case (.string(let text), .symbolicSet(let written)):
      return text == written ? example : self
    case (.tuple(let elements), .set(let examples)):
      return .set(PlainValue.typed(elements, likeAnyOf: examples))
    case (.tuple(let elements), .tuple(let examples)):
      return .tuple(
        elements.enumerated().map { index, element in
          guard let example = examples.indices.contains(index) ? examples[index] : examples.last else {
            return element
          }
          return element.typed(like: example)
        })
    case (.tuple(let elements), .record(let fields)) where elements.isEmpty && fields.isEmpty:
      return example
    case (.record(let fields), .record(let examples)):
      return .record(
        fields.map { field in
          let example = examples.first { $0.name == field.name } ?? examples.first
          return Field(
            name: field.name, value: example.map { field.value.typed(like: $0.value) } ?? field.value)
        })
    case (.record(let fields), .function(let examples)):
      // Arguments are written as keys of an object: as texts, whatever they are.
      let pairs = fields.map { field in
        let example = examples.first { $0.argument.asKey == field.name }
        let value = (example ?? examples.first).map { field.value.typed(like: $0.value) } ?? field.value
        return Pair(argument: example?.argument ?? .string(field.name), value: value)
      }
      return .function(of: pairs) ?? self
    default:
      return self
    }
  }

  /// How a function's argument stands as the key of an object.
  private var asKey: String {
    if case .string(let text) = self { text } else { description }
  }

  /// Each element as the example that it is, no example twice; those that are none as the first.
  private static func typed(_ elements: [PlainValue], likeAnyOf examples: [PlainValue]) -> [PlainValue] {
    var unused = examples
    return elements.map { element in
      for (index, example) in unused.enumerated() {
        let value = element.typed(like: example)
        guard value.canonical == example.canonical else { continue }
        unused.remove(at: index)
        return value
      }
      return examples.first.map { element.typed(like: $0) } ?? element
    }
  }
}
