import TLASyntax

/// A first configuration for a module that has none, from the names that specifications usually have.
enum ConfigurationProposal {
  private static let invariants = ["TypeOK", "TypeInvariant", "TypeInv", "Inv", "Invariant"]

  /// The lines of the configuration, as one line; nil for a module that defines no behavior under a usual name.
  static func text(for module: Module) -> String? {
    var defined: Set<String> = []
    var constants: [OperatorParameter] = []
    for unit in module.units {
      switch unit {
      case .definition(let definition): defined.insert(definition.name.text)
      case .constants(let declared): constants += declared
      default: break
      }
    }
    var lines: [String] = []
    if defined.contains("Spec") {
      lines.append("SPECIFICATION Spec")
    } else if defined.isSuperset(of: ["Init", "Next"]) {
      lines += ["INIT Init", "NEXT Next"]
    } else {
      return nil
    }
    for constant in constants {
      lines.append("CONSTANT \(constant.name.text) \(constant.arity == 0 ? "=" : "<-") …")
    }
    if let invariant = invariants.first(where: defined.contains) { lines.append("INVARIANT \(invariant)") }
    return lines.joined(separator: " ")
  }
}
