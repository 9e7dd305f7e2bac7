package import TLASyntax

/// The contents of a `.cfg` file. Names are not resolved; each keeps its place.
package struct Configuration: Sendable {
  /// A value as a `.cfg` can write it. A bare identifier is a model value.
  package indirect enum Constant: Sendable, Hashable {
    case boolean(Bool)
    /// Decimal digits, perhaps after a `-`.
    case integer(digits: String)
    case string(String)
    case modelValue(String)
    case set([Constant])
    case tuple([Constant])
    case record([Field])

    package struct Field: Sendable, Hashable {
      package let name: String
      package let value: Constant
      package init(name: String, value: Constant) {
        self.name = name
        self.value = value
      }
    }
  }

  /// `name = value` or `name <- definition`, also for one module only: `name = [Module] value`, `name <- [Module] definition`. An operator
  /// may be given point by point: `F(a, 1) = 2`.
  package struct Assignment: Sendable {
    package enum Meaning: Sendable {
      case value(Constant)
      case point(arguments: [Constant], value: Constant)
      case substitution(Identifier)
    }
    package let name: Identifier
    /// The module to which the assignment is limited; nil if it is for the root module and the modules that it extends.
    package let module: Identifier?
    package let meaning: Meaning

    package init(name: Identifier, in module: Identifier? = nil, meaning: Meaning) {
      self.name = name
      self.module = module
      self.meaning = meaning
    }
  }

  package var constants: [Assignment] = []
  package var specification: Identifier?
  package var initial: Identifier?
  package var next: Identifier?
  package var invariants: [Identifier] = []
  package var properties: [Identifier] = []
  package var constraints: [Identifier] = []
  package var actionConstraints: [Identifier] = []
  package var symmetry: [Identifier] = []
  package var view: Identifier?
  /// What TLC evaluates from time to time (`_PERIODIC`), and what its simulation maximizes (`_RL_REWARD`).
  package var periodic: Identifier?
  package var reward: Identifier?
  /// Predicates that some state or step must satisfy (`_POSSIBLE`).
  package var possible: [Identifier] = []
  package var alias: Identifier?
  package var postconditions: [Identifier] = []
  /// Nil if the file does not say; TLC then checks for deadlock.
  package var checkDeadlock: Bool?
  /// The file, for messages about what it lacks; nil for a configuration made in memory.
  package var file: SourceFile?

  package init() {}
}
