import TLASyntax

/// `/\`
final class ConjunctionNode: BooleanNode {
  let items: NodeList

  init(_ items: [Node], _ site: Site) {
    self.items = NodeList(items)
    super.init(site)
  }

  override func test(_ machine: Machine) throws -> Bool {
    for index in 0..<items.count where try !items.test(index, machine) { return false }
    return true
  }
}

/// `\/`
final class DisjunctionNode: BooleanNode {
  let items: NodeList

  init(_ items: [Node], _ site: Site) {
    self.items = NodeList(items)
    super.init(site)
  }

  override func test(_ machine: Machine) throws -> Bool {
    for index in 0..<items.count where try items.test(index, machine) { return true }
    return false
  }
}

/// `~`
final class NegationNode: BooleanNode {
  let operand: Node

  init(_ operand: Node, _ site: Site) {
    self.operand = operand
    super.init(site)
  }

  override func test(_ machine: Machine) throws -> Bool { try !operand.test(machine) }
}

/// `=>`
final class ImplicationNode: BooleanNode {
  let premise: Node
  let conclusion: Node

  init(_ premise: Node, _ conclusion: Node, _ site: Site) {
    self.premise = premise
    self.conclusion = conclusion
    super.init(site)
  }

  override func test(_ machine: Machine) throws -> Bool {
    try !premise.test(machine) || conclusion.test(machine)
  }
}

/// `<=>`
final class EquivalenceNode: BooleanNode {
  let left: Node
  let right: Node

  init(_ left: Node, _ right: Node, _ site: Site) {
    self.left = left
    self.right = right
    super.init(site)
  }

  override func test(_ machine: Machine) throws -> Bool {
    try side(left, machine) == side(right, machine)
  }

  private func side(_ side: Node, _ machine: Machine) throws -> Bool {
    do { return try side.test(machine) } catch var failure as EvaluationFailure
      where failure.code == .boolean && failure.span == side.site.span
    {
      failure.hint = "`<=>` compares truth values only; other values are compared by `=`"
      throw failure
    }
  }
}

/// `=` and `#`
final class EqualityNode: BooleanNode {
  let left: Node
  let right: Node
  let isNegated: Bool

  init(_ left: Node, _ right: Node, isNegated: Bool, _ site: Site) {
    self.left = left
    self.right = right
    self.isNegated = isNegated
    super.init(site)
  }

  override func test(_ machine: Machine) throws -> Bool {
    let first = try left.evaluate(machine)
    let second = try right.evaluate(machine)
    if first == second {
      // TLC sorts the elements of sets to compare the sets.
      if first.tag == Value.Tag.set { try here { try machine.store.checkOrdered(first) } }
      return !isNegated
    }
    return try here { try machine.store.equal(first, second) } != isNegated
  }
}

/// `\in` and `\notin`
final class MembershipNode: BooleanNode {
  let element: Node
  let set: Node
  let isNegated: Bool
  let isPart: Bool

  /// `isPart` means that this test is a part of the test for another set.
  init(_ element: Node, _ set: Node, isNegated: Bool, isPart: Bool = false, _ site: Site) {
    self.element = element
    self.set = set
    self.isNegated = isNegated
    self.isPart = isPart
    super.init(site)
  }

  override func test(_ machine: Machine) throws -> Bool {
    let value = try element.evaluate(machine)
    let elements = try set.evaluate(machine)
    do { return try machine.store.contains(elements, value) != isNegated } catch let error as ValueError {
      // TLC implements Nat, Int, STRING and Seq(S) in Java, but not sets that are built from them.
      let isInLibrary = error.isAboutModuleSet && !isPart && machine.store.isOfModule(elements)
      throw site.failure(isInLibrary ? error.inLibrary : error)
    }
  }
}

/// `x \in a..b`, without making the interval.
final class IntervalMembershipNode: BooleanNode {
  let element: Node
  let first: Node
  let last: Node
  let isNegated: Bool

  init(_ element: Node, _ first: Node, _ last: Node, isNegated: Bool, _ site: Site) {
    self.element = element
    self.first = first
    self.last = last
    self.isNegated = isNegated
    super.init(site)
  }

  override func test(_ machine: Machine) throws -> Bool {
    let value = try element.evaluate(machine)
    let (low, high) = (try first.evaluate(machine), try last.evaluate(machine))
    return try here { try machine.store.isWithin(low, high, value) } != isNegated
  }
}

/// `<`, `<=`, `>`, `>=`
final class ComparisonNode: BooleanNode {
  enum Relation: String {
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
  }

  let left: Node
  let right: Node
  let relation: Relation

  init(_ left: Node, _ relation: Relation, _ right: Node, _ site: Site) {
    self.left = left
    self.right = right
    self.relation = relation
    super.init(site)
  }

  override func test(_ machine: Machine) throws -> Bool {
    let first = try left.evaluate(machine)
    let second = try right.evaluate(machine)
    let order = try inLibrary { try machine.store.compareNumbers(first, second, relation.rawValue) }
    switch relation {
    case .less: return order < 0
    case .lessOrEqual: return order <= 0
    case .greater: return order > 0
    case .greaterOrEqual: return order >= 0
    }
  }
}

/// `IF … THEN … ELSE`
final class ConditionalNode: Node {
  let condition: Node
  let yes: Node
  let no: Node

  init(_ condition: Node, _ yes: Node, _ no: Node, _ site: Site) {
    self.condition = condition
    self.yes = yes
    self.no = no
    super.init(site)
  }

  override func evaluate(_ machine: Machine) throws -> Value {
    try condition.test(machine) ? try yes.evaluate(machine) : try no.evaluate(machine)
  }

  override var isLazyFunction: Bool { yes.isLazyFunction || no.isLazyFunction }
  override var isInfiniteFunction: Bool { yes.isInfiniteFunction || no.isInfiniteFunction }
  override var givesInfiniteFunctions: Bool { yes.givesInfiniteFunctions || no.givesInfiniteFunctions }

  override func applied(to arguments: ArraySlice<Value>, _ machine: Machine) throws -> Value {
    try condition.test(machine)
      ? try yes.applied(to: arguments, machine) : try no.applied(to: arguments, machine)
  }

  override func test(_ machine: Machine) throws -> Bool {
    try condition.test(machine) ? try yes.test(machine) : try no.test(machine)
  }
}

/// `CASE`: the first arm whose guard is true.
final class CaseNode: Node {
  let guards: NodeList
  let values: NodeList
  let other: Node?

  init(guards: [Node], values: [Node], other: Node?, _ site: Site) {
    self.guards = NodeList(guards)
    self.values = NodeList(values)
    self.other = other
    super.init(site)
  }

  override func evaluate(_ machine: Machine) throws -> Value {
    for index in 0..<guards.count where try guards.test(index, machine) {
      return try values.evaluate(index, machine)
    }
    if let other { return try other.evaluate(machine) }
    throw site.failure("no arm of the CASE is true, and it has no OTHER", code: .caseWithoutArm)
  }

  private var all: [Node] { values.all + (other.map { [$0] } ?? []) }
  override var isLazyFunction: Bool { all.contains(where: \.isLazyFunction) }
  override var isInfiniteFunction: Bool { all.contains(where: \.isInfiniteFunction) }
  override var givesInfiniteFunctions: Bool { all.contains(where: \.givesInfiniteFunctions) }

  override func applied(to arguments: ArraySlice<Value>, _ machine: Machine) throws -> Value {
    for index in 0..<guards.count where try guards.test(index, machine) {
      return try values.all[index].applied(to: arguments, machine)
    }
    guard let other else { return try evaluate(machine) }
    return try other.applied(to: arguments, machine)
  }
}
