import BigInt
import TLASemantics
import TLASyntax

extension PlainValue {
  /// A record; the fields may be given in any order.
  static func record(of fields: KeyValuePairs<String, PlainValue>) -> PlainValue {
    .record(fields.sorted { $0.key < $1.key }.map { Field(name: $0.key, value: $0.value) })
  }

  /// A place in a module, as TLC's records describe it: lines and columns count from 1, and the end is the last character.
  static func location(_ span: SourceSpan) -> PlainValue {
    let (start, end) = (span.startPosition, span.endPosition)
    let file = span.file.name.split(separator: "/").last.map(String.init) ?? ""
    return record(of: [
      "beginLine": .integer(BigInt(start.line)), "beginColumn": .integer(BigInt(start.column)),
      "endLine": .integer(BigInt(end.line)), "endColumn": .integer(BigInt(end.column)),
      "module": .string(file.hasSuffix(".tla") ? String(file.dropLast(4)) : file),
    ])
  }

  fileprivate static func definition(_ name: String, _ span: SourceSpan) -> PlainValue {
    record(of: ["name": .string(name), "location": location(span)])
  }
}

extension NamedAction {
  /// The action as TLC's records describe it, with the values of its parameters.
  func record(_ values: [PlainValue]) -> PlainValue {
    let known = zip(arguments, values).compactMap { argument, value in
      argument.parameter.map { (name: $0, value: value) }
    }
    if known.isEmpty { return .definition(name, bodySpan) }
    return .record(of: [
      "name": .string(name), "location": .location(bodySpan),
      "context": .record(
        known.sorted { $0.name < $1.name }.map { PlainValue.Field(name: $0.name, value: $0.value) }),
      "parameters": .tuple(known.map { .string($0.name) }),
    ])
  }
}

extension Program {
  /// The value of `TLCGet("spec")`: what the configuration names, each with its place. Nothing is counted, as in TLC without `-coverage`.
  var specificationRecord: PlainValue {
    func named(_ term: Term) -> PlainValue {
      if case .apply(let definition, _) = term.kind {
        return .definition(definition.name.text, definition.body.span)
      }
      return .definition("UnnamedAction", term.span)
    }
    func body(_ named: Specification.Named) -> PlainValue {
      if case .apply(let definition, _) = named.term.kind {
        return .definition(named.name, definition.body.span)
      }
      return .definition(named.name, named.term.span)
    }
    func parts(_ spans: (PropertyParts) -> [SourceSpan]) -> PlainValue {
      .set(
        zip(specification.properties, properties).flatMap { property, parts in
          spans(parts).map { .definition(property.name, $0) }
        })
    }
    let temporal = zip(specification.properties, properties).filter(\.1.hasTemporalPart).map { body($0.0) }
    return .record(of: [
      "inits": .set(specification.initial.map { [named($0)] } ?? []),
      "actions": .set(actions.map { action in action.record(action.constantArguments(machine)) }.uniqued()),
      "temporals": .set(specification.temporalConjuncts.map(named)),
      "invariants": .set(specification.invariants.map(body)),
      "impliedinits": parts { $0.initial.map(\.span) },
      "impliedactions": parts { $0.steps.map(\.span) },
      "impliedtemporals": .set(temporal),
      "variables": .set(specification.variables.map { .definition($0.name.text, $0.name.span) }),
      "constraints": .set(specification.constraints.map(body)),
      "actionconstraints": .set(specification.actionConstraints.map(body)),
    ])
  }
}

extension NamedAction {
  /// The values of the arguments as far as they are known without a state.
  fileprivate func constantArguments(_ machine: Machine) -> [PlainValue] {
    arguments.map { argument in
      guard !argument.isBound, let value = try? argument.node.evaluate(machine) else { return .string("?") }
      return machine.store.plain(value)
    }
  }
}
