import StateSpace
import Traces

/// What `:whatif` is given: the place to change and the value that it gets.
struct WhatIfAssignment: Hashable {
  let variable: String
  /// The variable with what stands behind it: `inbox[n1]`.
  let target: String
  let value: String
  /// The variable's new value as an expression.
  let expression: String

  /// Nil when there is no variable, no `=` or no value.
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
