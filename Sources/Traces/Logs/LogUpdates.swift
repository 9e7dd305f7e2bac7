import StateSpace

/// Reads the members of a record as the new values of a model's variables, or of parts of them: `{"role": {"n1": "leader"}}`,
/// `{"n1.role": "leader"}`, `{"n1": {"role": "leader"}}`.
///
/// A part that is not given is not judged: an object with only some of a function's arguments in the initial state speaks only of those.
struct LogUpdates {
  private let variables: [String]
  private let initial: [PlainValue]
  private let values: LogValues

  init(_ variables: [String], _ initial: [PlainValue], _ values: LogValues) {
    self.variables = variables
    self.initial = initial
    self.values = values
  }

  /// Whether a member with this name and value tells of a variable.
  func tells(_ member: JSONValue.Member) -> Bool { !parts(of: member).isEmpty }

  /// Whether a value gives only some of the arguments that the variable has in the initial state.
  func isPartial(_ json: JSONValue, of variable: String) -> Bool {
    guard let position = variables.firstIndex(of: variable), initial.indices.contains(position),
      let domain = initial[position].members?.map(\.key), let told = values.plain(json).members
    else { return false }
    return !told.isEmpty && told.allSatisfy { domain.contains($0.key) }
  }

  /// What a record says, without the members that are left out; and the names of the members that name no variable.
  func read(_ json: JSONValue, without left: Set<String>) -> (parts: [LogPart], unknown: [String]) {
    guard case .object(let members) = json else { return ([], []) }
    var parts: [LogPart] = []
    var unknown: [String] = []
    for member in members where !left.contains(member.name) {
      let found = self.parts(of: member)
      parts += found
      if found.isEmpty { unknown.append(member.name) }
    }
    return (parts, unknown)
  }

  private func parts(of member: JSONValue.Member) -> [LogPart] {
    let path =
      variables.contains(member.name) ? [member.name] : member.name.split(separator: ".").map(String.init)
    return parts(at: path, member.value, depth: 0)
  }

  private static let deepest = 4

  /// The parts of which a path to a value speaks, or the value's members, whose names continue the path.
  private func parts(at path: [String], _ value: JSONValue, depth: Int) -> [LogPart] {
    for (index, name) in path.enumerated() {
      guard let variable = variables.firstIndex(of: name) else { continue }
      let rest = (path[..<index] + path[(index + 1)...]).map(mapped)
      // Otherwise the names around it do not give a place in the variable.
      guard !initial.indices.contains(variable) || initial[variable].mayHave(rest[...]) else { continue }
      return [part(variable, rest, value, member: path.last)]
    }
    if case .object(let members) = value, !members.isEmpty, depth < Self.deepest {
      let inner = members.map { parts(at: path + [$0.name], $0.value, depth: depth + 1) }
      if !inner.contains(where: \.isEmpty) { return inner.flatMap { $0 } }
    }
    // A single name that is not a variable may be any other part of the line.
    guard path.count > 1 else { return [] }
    let names = path.map(mapped)
    let having = initial.indices.filter { initial[$0].part(at: names[...]) != nil }
    return having.count == 1 ? [part(having[0], names, value, member: path.last)] : []
  }

  private func mapped(_ name: String) -> String { values.names[name] ?? name }

  private func part(_ variable: Int, _ path: [String], _ json: JSONValue, member: String?) -> LogPart {
    let logged = values.plain(json, member: member)
    let place = ([variables[variable]] + path.map { "[\($0)]" }).joined()
    let beginning = initial.indices.contains(variable) ? initial[variable].part(at: path[...]) : nil
    return LogPart(
      variable: variable, shown: "\(place)' = \(logged)",
      find: { $0.part(at: path[...]) },
      isSo: { Self.says(logged, of: $0, beginning: beginning) })
  }

  /// Whether a logged value is true of a state's value.
  private static func says(_ logged: PlainValue, of state: PlainValue, beginning: PlainValue?) -> Bool {
    guard let told = logged.members, let domain = beginning?.members?.map(\.key), !told.isEmpty,
      told.allSatisfy({ domain.contains($0.key) }),
      told.count < domain.count || state.members.map({ $0.count == told.count }) ?? false
    else { return LogValues.matches(state: state, logged: logged) }
    return told.allSatisfy { key, value in
      guard let part = state.part(at: [key]) else { return false }
      return says(value, of: part, beginning: beginning?.part(at: [key]))
    }
  }
}

extension PlainValue {
  /// The arguments of a function, a record or a tuple as texts, with the values there; nil for any other value.
  fileprivate var members: [(key: String, value: PlainValue)]? {
    switch self {
    case .record(let fields): fields.map { ($0.name, $0.value) }
    case .function(let pairs): pairs.map { ($0.argument.keyText, $0.value) }
    case .tuple(let elements): elements.enumerated().map { (String($0.offset + 1), $0.element) }
    default: nil
    }
  }

  /// The part at a path of arguments, each as a text; nil if there is none.
  fileprivate func part(at path: ArraySlice<String>) -> PlainValue? {
    guard let key = path.first else { return self }
    return members?.first { $0.key == key }?.value.part(at: path.dropFirst())
  }

  /// Whether a value like this one may have a part at a path: an empty function may get any argument.
  fileprivate func mayHave(_ path: ArraySlice<String>) -> Bool {
    guard let key = path.first else { return true }
    guard let members else { return false }
    guard let member = members.first(where: { $0.key == key }) else { return members.isEmpty }
    return member.value.mayHave(path.dropFirst())
  }

  /// A string without its quotes; any other value as it is written.
  private var keyText: String { if case .string(let text) = self { text } else { description } }
}
