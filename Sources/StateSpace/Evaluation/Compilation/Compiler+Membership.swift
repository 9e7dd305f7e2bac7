import TLASemantics
import TLASyntax

/// `\in`, `\notin` and `\subseteq`, which need no elements where the set says by itself what is in it.
extension Compiler {
  func compileMembership(
    _ builtin: Builtin, _ arguments: [Term], _ site: Site, _ environment: Environment
  ) throws -> Code {
    let isNegated = builtin == .notMember
    let element = try compile(arguments[0], environment)
    if let (filter, home) = try infiniteFilter(arguments[1], environment) {
      return try compileFilterMembership(element, in: filter, home, isNegated: isNegated, site)
    }
    switch arguments[1].kind {
    case .builtin(let operation, let sides)
    where [.union, .intersection, .difference].contains(operation)
      && sides.contains { isDescribed($0, environment) }:
      return try compileCombinedMembership(element, operation, sides, isNegated: isNegated, site, environment)
    case .builtin(.interval, let ends):
      let codes = try [element, compile(ends[0], environment), compile(ends[1], environment)]
      return try finish(codes) { IntervalMembershipNode($0[0], $0[1], $0[2], isNegated: isNegated, site) }
    case .setFilter(let bound, _) where !bound.isTuple:
      return try compileFilterMembership(element, in: arguments[1], environment, isNegated: isNegated, site)
    case .functionSet(let domain, let range) where try infiniteFilter(range, environment) != nil:
      return try compileFunctionMembership(
        element, domain: compile(domain, environment), range: range, isNegated: isNegated, site, environment)
    case .builtin(.sequences, let sets) where try infiniteFilter(sets[0], environment) != nil:
      return try compileFunctionMembership(
        element, domain: nil, range: sets[0], isNegated: isNegated, site, environment)
    default:
      return try finish([element, compile(arguments[1], environment)]) {
        MembershipNode($0[0], $0[1], isNegated: isNegated, site)
      }
    }
  }

  /// `f \in [S -> T]`, or `f \in Seq(T)` without a domain, where each value of f is asked whether it is in T.
  private func compileFunctionMembership(
    _ element: Code, domain: Code?, range: Term, isNegated: Bool, _ site: Site, _ environment: Environment
  ) throws -> Code {
    let value = Binder.anonymous(range.span)
    let slot = try newSlot(range.span)
    var inner = environment
    inner.bindings[value] = .slot(slot)
    let membership = try compileMembership(
      .member, [Term.local(value, at: range.span), range], site, inner)
    var dependencies = membership.dependencies.removing(slots: [slot])
    if let domain { dependencies.formUnion(domain.dependencies) }
    dependencies.formUnion(element.dependencies)
    return try finish(
      FunctionMembershipNode(
        element.node, domain: domain?.node, slot: slot, membership.node, isNegated: isNegated, site),
      dependencies)
  }

  private func compileFilterMembership(
    _ element: Code, in filter: Term, _ environment: Environment, isNegated: Bool, _ site: Site
  ) throws -> Code {
    guard case .setFilter(let bound, let predicate) = filter.kind else {
      throw site.failure("a set filter is expected")
    }
    let set = try compile(bound.set, environment)
    var inner = environment
    let binding = try bind(bound, in: &inner)
    let body = try compile(predicate, inner)
    var dependencies = body.dependencies.removing(slots: binding.slots)
    dependencies.formUnion(set.dependencies)
    dependencies.formUnion(element.dependencies)
    return try finish(
      FilterMembershipNode(
        element.node, set.node, slot: binding.slots[0], body.node, isNegated: isNegated, site),
      dependencies)
  }

  /// The `{x \in S : P}` over an infinite set that a term is, perhaps by definition, with its scope: it has no elements to
  /// enumerate, but membership can be told.
  private func infiniteFilter(_ term: Term, _ environment: Environment) throws -> (Term, Environment)? {
    switch term.kind {
    case .setFilter(let bound, _) where !bound.isTuple:
      guard let set = try compile(bound.set, environment).node.constant, !store.isFinite(set) else {
        return nil
      }
      return (term, environment)
    case .apply(let definition, let arguments) where arguments.isEmpty:
      let actual = specification.replacement(of: definition)
      guard case .setFilter = actual.body.kind else { return nil }
      return try infiniteFilter(actual.body, scope(of: actual, environment))
    default:
      return nil
    }
  }

  /// Whether the set, or a part of it, is a filter over an infinite set: its elements cannot be enumerated, and membership can be told.
  private func isDescribed(_ term: Term, _ environment: Environment) -> Bool {
    if case .builtin(let operation, let sides) = term.kind,
      [.union, .intersection, .difference].contains(operation)
    {
      return sides.contains { isDescribed($0, environment) }
    }
    return (try? infiniteFilter(term, environment)) != nil
  }

  /// `e \in A \cup B` and the like, where each side is asked.
  private func compileCombinedMembership(
    _ element: Code, _ operation: Builtin, _ sides: [Term], isNegated: Bool, _ site: Site,
    _ environment: Environment
  ) throws -> Code {
    let (binder, slot, inner) = try slot(for: sides[0], environment)
    let mention = Term.local(binder, at: sides[0].span)
    let members = try sides.enumerated().map { place, side in
      let isLeftOut = operation == .difference && place == 1
      return try compileMembership(isLeftOut ? .notMember : .member, [mention, side], site, inner)
    }
    let test = try finish(members) {
      operation == .union ? DisjunctionNode($0, site) : ConjunctionNode($0, site)
    }
    var dependencies = test.dependencies.removing(slots: [slot])
    dependencies.formUnion(element.dependencies)
    return try finish(
      ElementTestNode(element.node, slot: slot, test.node, isNegated: isNegated, site), dependencies)
  }

  /// `A \subseteq B` where B is only described: each element of A is asked.
  func compileInclusion(_ arguments: [Term], _ site: Site, _ environment: Environment) throws -> Code? {
    guard isDescribed(arguments[1], environment) else { return nil }
    let set = try compile(arguments[0], environment)
    let (binder, slot, inner) = try slot(for: arguments[0], environment)
    let mention = Term.local(binder, at: arguments[0].span)
    let body = try compileMembership(.member, [mention, arguments[1]], site, inner)
    var dependencies = body.dependencies.removing(slots: [slot])
    dependencies.formUnion(set.dependencies)
    let binding = ElementBinding(names: ["_"], slots: [slot], isTuple: false)
    return try finish(QuantifierNode(isForAll: true, binding, set.node, body.node, site), dependencies)
  }

  /// A binder with a slot of its own, and the scope in which it is bound.
  private func slot(for term: Term, _ environment: Environment) throws -> (Binder, Int, Environment) {
    let binder = Binder.anonymous(term.span)
    let slot = try newSlot(term.span)
    var inner = environment
    inner.bindings[binder] = .slot(slot)
    return (binder, slot, inner)
  }
}

/// What is asked of an element that is put into a slot.
final class ElementTestNode: BooleanNode {
  private let element: Node
  private let slot: Int
  private let condition: Node
  private let isNegated: Bool

  init(_ element: Node, slot: Int, _ condition: Node, isNegated: Bool, _ site: Site) {
    self.element = element
    self.slot = slot
    self.condition = condition
    self.isNegated = isNegated
    super.init(site)
  }

  override func test(_ machine: Machine) throws -> Bool {
    machine.slots[slot] = try element.evaluate(machine).bits
    return try condition.test(machine) != isNegated
  }
}
