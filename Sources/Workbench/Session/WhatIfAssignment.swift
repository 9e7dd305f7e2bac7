import StateSpace
import Traces

/// The argument of `:whatif`: the place to change and its new value.
struct WhatIfAssignment: Hashable {
  let variable: String
  /// The variable and the path into it: `inbox[n1]`.
  let target: String
  let value: String
  /// An expression for the variable's new value.
  let expression: String

  /// Nil if the variable, the `=` or the value is missing.
  init?(_ text: String) {
    let letters = Array(text)
    var depth = 0
    var equals: Int?
    for (index, letter) in letters.enumerated() {
      switch letter {
      case "[", "(", "{": depth += 1
      case "]", ")", "}": depth -= 1
      case "=" where depth == 0: equals = index
      default: continue
      }
      if equals != nil { break }
    }
    guard let equals else { return nil }
    let target = String(letters[..<equals]).trimmingBlanks
    let value = String(letters[(equals + 1)...]).trimmingBlanks
    let name = target.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    let place = String(target.dropFirst(name.count)).trimmingBlanks
    guard !name.isEmpty, !value.isEmpty, place.isEmpty || place.first == "[" || place.first == "." else {
      return nil
    }
    variable = String(name)
    self.target = target
    self.value = value
    expression = place.isEmpty ? value : "[\(name) EXCEPT !\(place) = \(value)]"
  }
}
