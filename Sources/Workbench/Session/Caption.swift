/// The comment above an action as the caption of a step.
enum Caption {
  /// Longer arguments are not put into a sentence.
  private static let longestArgument = 16
  /// Words of English that a parameter may be named after.
  private static let words: Set = [
    "a", "i", "am", "an", "as", "at", "be", "by", "do", "go", "he", "if", "in", "is", "it", "me", "my", "no",
    "of", "on", "or",
    "so", "to", "up", "us", "we",
  ]

  /// Puts arguments in the place of the parameters that a sentence speaks of: `n reads of m` becomes `n1 reads of n2`.
  /// Only names that are no words are taken for parameters.
  static func text(_ sentence: String, parameters: [String], arguments: [String]) -> String {
    var values: [String: String] = [:]
    for (name, value) in zip(parameters, arguments)
    where isNoWord(name) && value.count <= longestArgument { values[name] = value }
    guard !values.isEmpty else { return sentence }
    var result = ""
    var word = ""
    var isBehindApostrophe = false
    func close() {
      // The s of `it's` is no parameter.
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
