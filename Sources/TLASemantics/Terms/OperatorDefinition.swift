package import TLASyntax

/// A definition, a `LAMBDA`, or a `LET` definition.
///
/// The body of a recursive operator refers to the operator, so it is set after the object exists, with the parameters. The resolver sets what can
/// be set before anyone else sees the object; nothing changes afterwards. Hence `@unchecked Sendable`.
package final class OperatorDefinition: @unchecked Sendable, Hashable {
  package let name: Identifier
  /// Those of a recursive operator have their names and arities from its definition on; its declaration says only how many there are.
  package internal(set) var parameters: [Binder]
  /// How many of the parameters, the first ones, are those of the instance that the definition is reached through.
  package let instanceParameterCount: Int
  /// Declared `RECURSIVE`.
  package let isRecursive: Bool
  package let isLocal: Bool
  /// Written where it is used: its body is in the scope of that place.
  package let isLambda: Bool
  /// An assumption, a theorem or a step of a proof, which its name stands for.
  let isFact: Bool
  /// The comment that stands above it.
  package let comment: String?
  /// From the name to the end of the body.
  package let span: SourceSpan
  /// The module that defines it.
  package let module: String
  package internal(set) var body: Term
  /// How often each parameter is mentioned in the body; a mention under a binder that may be evaluated many times
  /// counts as many.
  package internal(set) var parameterUses: [Int] = []
  /// What it does with levels.
  package internal(set) var levels: OperatorLevels
  /// Defined as `f[x \in S] == …`.
  var isFunction = false
  /// What it was written as; nil for what no text defines.
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
    self.isRecursive = isRecursive
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

  /// The body's level, taking every parameter as a constant.
  package var level: Level { levels.level }

  package static func == (left: OperatorDefinition, right: OperatorDefinition) -> Bool { left === right }
  package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
