package import StateSpace

extension PlainValue {
  /// A value of an untyped trace, typed like an example from a specification: an array becomes a set or a sequence, an object a function or
  /// a record, a text a string or a model value. Where the example does not tell, the value stays as it is.
  ///
  /// The result equals the example exactly when the format writes the example as this value.
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
      // An object's keys are texts, whatever the arguments are.
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

  /// The form of a function's argument as the key of an object.
  private var asKey: String {
    if case .string(let text) = self { text } else { description }
  }

  /// Types each element like the example that it matches, using no example twice. Elements without a match are typed like the first
  /// example.
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
