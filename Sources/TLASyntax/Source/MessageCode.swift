/// The kind of a message to the user. The raw value is the code that the message shows; `synscope explain` has a page on each.
package enum MessageCode: String, CaseIterable, Sendable {
  // The text of a module.
  case character
  case unclosed
  case define
  case equality
  case expected
  case list
  case precedence
  case module
  case proof
  case pluscal

  // Names and levels.
  case undefined
  case twice
  case arguments
  case label
  case recursive
  case instance
  case level
  case unsupported

  // The configuration.
  case configuration
  case behavior
  case constant
  case modelValue = "model-value"
  case oneState = "one-state"
  case aboutSteps = "about-steps"
  case noVariable = "no-variable"
  case subscriptOmits = "subscript"
  case symmetry

  // Steps that give a variable no value.
  case unprimed
  case incomplete
  case initial
  case early
  case unchanged

  // Expressions without a value.
  case set
  case boolean
  case operand
  case comparison
  case domain
  case except
  case choose
  case caseWithoutArm = "case"
  case infinite
  case assert
  case temporal
  case tooLarge = "too-large"
  case value

  // Results of a check.
  case deadlock
  case invariant
  case property
  case assumption
}
