internal import StateSpace

extension ProtocolStructure {
  /// Infers the structure from a trace alone. A trace does not give the constants, so the domains of its functions take their place, if
  /// they consist of model values or numbers.
  package init(of trace: Trace) {
    var domains: [(name: String, value: PlainValue)] = []
    for (variable, value) in zip(trace.variables, trace.steps.first?.values ?? []) {
      guard case .function(let pairs) = value else { continue }
      let domain = PlainValue.set(pairs.map(\.argument))
      guard pairs.allSatisfy({ $0.argument.mayBeNode }) else { continue }
      if !domains.contains(where: { $0.value == domain }) { domains.append((variable, domain)) }
    }
    self.init(
      variables: trace.variables, constants: domains.map { (name: "DOMAIN \($0.name)", value: $0.value) },
      states: trace.steps.map(\.values))
  }
}

extension PlainValue {
  fileprivate var mayBeNode: Bool {
    switch self {
    case .modelValue, .integer: true
    default: false
    }
  }
}
