import TLASyntax

/// A first configuration for a module that has none: the behavior and the invariants under the names that specifications usually have, and
/// the constants, whose values the user must give.
package struct ConfigurationProposal: Hashable, Sendable {
  /// A constant that needs a value, or a definition if it has parameters.
  package struct Constant: Hashable, Sendable {
    package let name: String
    package let arity: Int

    /// `N = 3`, `Less <- MyLess`; `N <- Three` for the value `<- Three`.
    package func assignment(_ value: String) -> String {
      if value.hasPrefix("<-") { return "\(name) \(value)" }
      return "\(name) \(arity == 0 ? "=" : "<-") \(value)"
    }

    /// Why a text cannot be the constant's value; nil if it can.
    package func complaint(about value: String) -> String? {
      let read = ConfigurationReader.readAssignment(assignment(value))
      return read.tree == nil ? read.diagnostics.first?.message ?? "this is no value" : nil
    }
  }

  private static let specifications = ["Spec", "Specification", "FairSpec", "LiveSpec"]
  private static let initials = ["Init", "Initial", "InitialState"]
  private static let nexts = ["Next", "NextStep", "Step"]
  private static let invariants = [
    "TypeOK", "TypeOk", "TypeInvariant", "TypeInv", "Inv", "Invariant", "Safety",
  ]

  package let module: String
  /// `SPECIFICATION Spec`, or `INIT Init` and `NEXT Next`.
  package let behavior: [String]
  package let constants: [Constant]
  package let invariants: [String]

  /// Nil for a module that defines no behavior under a usual name.
  init?(for root: ResolvedModule, definitions: [OperatorDefinition]) {
    let modules = root.withExtended
    let own = Set(modules.map(\.name))
    let plain = definitions.filter {
      own.contains($0.module) && $0.parameters.isEmpty && !$0.isLocal && !$0.isLambda && !$0.isFact
    }
    /// A definition with a usual name, which may also be of a lower level; else the only one of the level whose name contains the word.
    func name(of level: Level, usual: [String], containing word: String) -> String? {
      let fitting = plain.filter { $0.level == level || level < .temporal && $0.level < level }.map(
        \.name.text)
      if let known = usual.first(where: fitting.contains) { return known }
      let close = plain.filter { $0.level == level }.map(\.name.text).filter {
        $0.lowercased().contains(word)
      }
      return close.count == 1 ? close[0] : nil
    }
    if let specification = name(of: .temporal, usual: Self.specifications, containing: "spec") {
      behavior = ["SPECIFICATION \(specification)"]
    } else if let initial = name(of: .state, usual: Self.initials, containing: "init"),
      let next = name(of: .action, usual: Self.nexts, containing: "next")
    {
      behavior = ["INIT \(initial)", "NEXT \(next)"]
    } else {
      return nil
    }
    module = root.name
    constants = modules.flatMap(\.constants).map { Constant(name: $0.name.text, arity: $0.arity) }
    let states = Set(plain.filter { $0.level <= .state }.map(\.name.text))
    invariants = Self.invariants.filter(states.contains)
  }

  /// The lines of the configuration. A constant without a value has `…`.
  package func lines(values: [String: String] = [:]) -> [String] {
    behavior + constants.map { "CONSTANT " + $0.assignment(values[$0.name] ?? "…") }
      + invariants.map { "INVARIANT \($0)" }
  }
}
