import StateSpace

extension ProtocolStructure {
  /// Guesses the structure from a trace alone, without its specification: a set that is the domain of a variable in
  /// every state may be that of the nodes.
  package init(of trace: Trace) {
    var domains: [(name: String, value: PlainValue)] = []
    var seen = Set<PlainValue>()
    for variable in trace.variables.indices {
      guard let first = trace.steps.first, first.values.indices.contains(variable),
        let domain = first.values[variable].domain, seen.insert(domain).inserted
      else { continue }
      domains.append(("DOMAIN \(trace.variables[variable])", domain))
    }
    // A record is a function over nodes only when several variables have the same fields.
    let plausible = domains.filter { _, domain in
      guard case .set(let elements) = domain, case .string = elements.first else { return true }
      let owners = trace.variables.indices.filter { variable in
        trace.steps.allSatisfy {
          $0.values.indices.contains(variable) && $0.values[variable].domain == domain
        }
      }
      return owners.count > 1
    }
    self.init(variables: trace.variables, constants: plausible, states: trace.steps.map(\.values))
  }
}

extension PlainValue {
  /// The arguments of a function or record that is not empty, as a set; nil for any other value.
  fileprivate var domain: PlainValue? {
    switch self {
    case .function(let pairs): .set(pairs.map(\.argument))
    case .record(let fields): .set(fields.map { .string($0.name) })
    default: nil
    }
  }
}
