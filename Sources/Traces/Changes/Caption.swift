package import StateSpace
package import TLASemantics
import TLASyntax

/// The caption of a step: the comment above its action.
package enum Caption {
  /// Longer arguments are not put into a sentence.
  private static let longestArgument = 16
  /// English words that may also be the names of parameters.
  private static let words: Set = [
    "a", "i", "am", "an", "as", "at", "be", "by", "do", "go", "he", "if", "in", "is", "it", "me", "my", "no",
    "of", "on", "or",
    "so", "to", "up", "us", "we",
  ]

  /// Replaces the parameters in a sentence by arguments: `n reads of m` becomes `n1 reads of n2`. A name that is also an English word is
  /// not taken for a parameter.
  package static func text(_ sentence: String, parameters: [String], arguments: [String]) -> String {
    var values: [String: String] = [:]
    for (name, value) in zip(parameters, arguments)
    where isNoWord(name) && value.count <= longestArgument { values[name] = value }
    guard !values.isEmpty else { return sentence }
    var result = ""
    var word = ""
    var isBehindApostrophe = false
    func close() {
      // The s of `it's` is not a parameter.
      result += isBehindApostrophe ? word : values[word] ?? word
      word = ""
    }
    for character in sentence {
      if character.isLetter || character.isNumber || character == "_" {
        if word.isEmpty {
          isBehindApostrophe = result.last == "'" && result.dropLast().last?.isLetter ?? false
        }
        word.append(character)
      } else {
        close()
        result.append(character)
      }
    }
    close()
    return result
  }

  private static func isNoWord(_ name: String) -> Bool {
    guard !words.contains(name.lowercased()) else { return false }
    return name.count <= 2 || name.contains { $0.isNumber || $0 == "_" }
      || name.dropFirst().contains(where: \.isUppercase)
  }
}

extension Specification {
  /// The comment above an action's definition, on one line, with the arguments in place of the parameters; nil if there is none.
  package func caption(of label: ActionLabel) -> String? {
    guard let definition = definition(named: label.name), let comment = definition.comment else { return nil }
    let words = comment.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard definition.instanceParameterCount == 0, definition.parameters.allSatisfy({ $0.arity == 0 }) else {
      return words
    }
    return Caption.text(
      words, parameters: definition.parameters.map(\.name.text), arguments: label.arguments.map(\.description)
    )
  }
}

extension Trace {
  /// Takes the captions of the steps from the specification of the trace's model.
  package mutating func takeCaptions(from specification: Specification) {
    for (index, step) in steps.enumerated() {
      captions[index] = step.label.flatMap { specification.caption(of: $0) }
    }
  }
}
