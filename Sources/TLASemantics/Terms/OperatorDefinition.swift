package import TLASyntax

/// A definition, a `LAMBDA`, or a `LET` definition.
///
/// The body of a recursive operator refers to the operator, so body and parameters are set after the object exists. Only the resolver and
/// the binder set properties, before anyone else sees the object. Afterwards nothing changes, so it is `@unchecked Sendable`.
package final class OperatorDefinition: @unchecked Sendable, Hashable {
  package let name: Identifier
  /// A recursive operator gets the names and arities of its parameters from its definition; its declaration gives only their number.
  package internal(set) var parameters: [Binder]
  /// How many of the first parameters belong to the instances through which the definition is reached.
  package let instanceParameterCount: Int
  private let isDeclaredRecursive: Bool
  /// The name that it replaces in the configuration, if it leads back to that name. It is then a recursive operator.
  package internal(set) var leadsBackTo: String?
  package let isLocal: Bool
  /// Whether it is written where it is used, so that its body is in the scope of that place.
  package let isLambda: Bool
  /// Whether it stands for an assumption, a theorem or a step of a proof.
  let isFact: Bool
  /// The comment above it.
  package let comment: String?
  /// From the name to the end of the body.
  package let span: SourceSpan
  /// The module that defines it.
  package let module: String
  package internal(set) var body: Term
  /// How often the body mentions each parameter. A mention under a binder that may be evaluated many times counts as several.
  package internal(set) var parameterUses: [Int] = []
  /// The levels of the operator.
  package internal(set) var levels: OperatorLevels
  /// Whether it is defined as `f[x \in S] == …`.
  var isFunction = false
  /// Its tree and scope; nil if no text defines it.
  var source: DefinitionSource?

  init(
    name: Identifier, parameters: [Binder], instanceParameterCount: Int = 0, body: Term,
    isRecursive: Bool = false, isLocal: Bool = false, isLambda: Bool = false, isFact: Bool = false,
    comment: String? = nil,
    span: SourceSpan, module: String
  ) {
    self.name = name
    self.parameters = parameters
    self.instanceParameterCount = instanceParameterCount
    self.body = body
    isDeclaredRecursive = isRecursive
    self.isLocal = isLocal
    self.isLambda = isLambda
    self.isFact = isFact
    self.comment = comment
    self.span = span
    self.module = module
    levels =
      isRecursive
      ? OperatorLevels.announced(parameterCount: parameters.count)
      : OperatorLevels(
        level: body.level, parameters: parameters.map { _ in ParameterLevels(limit: .temporal) })
  }

  deinit { DefinitionRelease.release(&body) }

  /// Whether it can apply itself: it is declared `RECURSIVE`, or the configuration makes it replace something that it uses.
  package var isRecursive: Bool { isDeclaredRecursive || leadsBackTo != nil }

  /// What to say when its recursion does not seem to end.
  package var recursionMessage: String {
    let place = leadsBackTo.map {
      ": the configuration puts it in the place of \($0), to which it leads back"
    }
    return "the recursion of \(name.text) is too deep\(place ?? "")"
  }

  /// The level of the body if every argument is a constant.
  package var level: Level { levels.level }

  package static func == (left: OperatorDefinition, right: OperatorDefinition) -> Bool { left === right }
  package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
