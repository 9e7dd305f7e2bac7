import BigInt
import TLASemantics

/// An operator of the community's modules IOUtils and CSV.
final class HostNode: BuiltinNode {
  override func evaluate(_ machine: Machine) throws -> Value {
    let values = try values(machine)
    let host = try machine.host(site)
    return try onHost {
      switch builtin {
      case .ioEnv: return try value(.record(of: host.environment), machine)
      case .ioExec: return try run(strings(values[0], machine), [:], host, machine)
      case .ioEnvExec:
        return try run(strings(values[1], machine), environment(values[0], machine), host, machine)
      case .ioExecTemplate: return try run(filled(values[0], values[1], machine), [:], host, machine)
      case .ioEnvExecTemplate:
        return try run(filled(values[1], values[2], machine), environment(values[0], machine), host, machine)
      case .serialize: return try serialize(values, host, machine)
      case .deserialize:
        try requireFormat(values[1], ["TXT"], machine)
        let text = try host.read(string(values[0], machine))
        return try value(CommandResult(exitValue: 0, output: text, errors: "").record, machine)
      case .csvWrite:
        let cells = try sequence(values[1], machine).map(\.description)
        let line = try here { try FormatTemplate(string(values[0], machine)).filled(with: cells) }
        try host.append(line + "\n", to: string(values[2], machine))
        return .yes
      case .csvWriteRecord: return try writeRecord(values, host, machine)
      case .csvRead: return try readRecords(values, host, machine)
      default:
        let path = try string(values[0], machine)
        return Value(small: try host.hasFile(path) ? Self.lines(host.read(path)).count : 0)
      }
    }
  }

  // MARK: Programs and texts

  private func run(
    _ command: [String], _ environment: [String: String], _ host: any HostAccess, _ machine: Machine
  ) throws -> Value {
    guard !command.isEmpty else { throw site.failure("the command is empty") }
    return try value(host.run(command, environment: environment).record, machine)
  }

  private func filled(_ template: Value, _ parameters: Value, _ machine: Machine) throws -> [String] {
    let parameters = try strings(parameters, machine)
    return try strings(template, machine).map { part in
      try here { try FormatTemplate(part).filled(with: parameters) }
    }
  }

  private func environment(_ value: Value, _ machine: Machine) throws -> [String: String] {
    guard case .record(let fields) = machine.store.plain(value) else {
      throw site.failure("the environment is \(machine.store.describe(value)), and not a record")
    }
    return Dictionary(fields.map { ($0.name, $0.value.bareText) }, uniquingKeysWith: { first, _ in first })
  }

  private func serialize(_ values: [Value], _ host: any HostAccess, _ machine: Machine) throws -> Value {
    let options = try requireFormat(values[2], ["TXT", "NDJSON"], machine)
    let path = try string(values[1], machine)
    let isJSON = options["format"] == .string("NDJSON")
    let text = isJSON ? try JSONNode.lines(values[0], machine, site) : try string(values[0], machine)
    var appends = false
    if case .tuple(let open)? = options["openOptions"] { appends = open.contains(.string("APPEND")) }
    try appends ? host.append(text, to: path) : host.write(text, to: path)
    if isJSON { return .yes }
    let done = CommandResult(exitValue: 0, output: "Finish writing to the file with success!", errors: "")
    return try value(done.record, machine)
  }

  @discardableResult private func requireFormat(
    _ options: Value, _ formats: [String], _ machine: Machine
  ) throws -> [String: PlainValue] {
    guard case .record(let fields) = machine.store.plain(options) else {
      throw site.failure("the options are \(machine.store.describe(options)), and not a record")
    }
    let known = Dictionary(fields.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    guard case .string(let format)? = known["format"], formats.contains(format) else {
      throw site.failure(
        "the format \(known["format"]?.description ?? "is missing, and") is not supported: use \(formats.joined(separator: " or "))"
      )
    }
    return known
  }

  // MARK: CSV

  private func writeRecord(_ values: [Value], _ host: any HostAccess, _ machine: Machine) throws -> Value {
    guard case .record(let fields) = machine.store.plain(values[0]) else {
      throw site.failure("what is written is \(machine.store.describe(values[0])), and not a record")
    }
    guard values[2] == .yes || values[2] == .no else {
      throw site.failure(
        "whether headers are written is \(machine.store.describe(values[2])), and not a Boolean")
    }
    let (delimiter, path) = (try string(values[1], machine), try string(values[3], machine))
    if values[2] == .yes {
      try host.append(fields.map(\.name).joined(separator: delimiter) + "\n", to: path)
    }
    try host.append(fields.map(\.value.description).joined(separator: delimiter) + "\n", to: path)
    return .yes
  }

  private func readRecords(_ values: [Value], _ host: any HostAccess, _ machine: Machine) throws -> Value {
    let (columns, delimiter) = (try strings(values[0], machine), try string(values[1], machine))
    let path = try string(values[2], machine)
    let rows = try Self.lines(host.read(path)).enumerated().map { number, line in
      let cells =
        delimiter.isEmpty
        ? [line] : line.split(separator: delimiter, omittingEmptySubsequences: false).map(String.init)
      guard cells.count >= columns.count else {
        throw site.failure(
          "\(path):\(number + 1): \(columns.count) columns are expected, and there are \(cells.count)")
      }
      return PlainValue.record(of: Dictionary(zip(columns, cells), uniquingKeysWith: { first, _ in first }))
    }
    return try value(.tuple(rows), machine)
  }

  private static func lines(_ text: String) -> [String] {
    text.split(omittingEmptySubsequences: false) { $0.isNewline }.dropLast(
      text.last?.isNewline ?? true ? 1 : 0
    )
    .map(String.init)
  }

  // MARK: Values

  private func value(_ plain: PlainValue, _ machine: Machine) throws -> Value {
    try here { try machine.store.value(plain) }
  }

  private func string(_ value: Value, _ machine: Machine) throws -> String {
    guard machine.store.isString(value) else {
      throw site.failure("a string is expected here, and the value is \(machine.store.describe(value))")
    }
    return machine.store.name(ofAtom: value)
  }

  private func sequence(_ value: Value, _ machine: Machine) throws -> [PlainValue] {
    try here { try machine.store.requireSequence(value, "an argument of \(builtin.tlaName)") }
    guard case .tuple(let elements) = machine.store.plain(value) else { return [] }
    return elements
  }

  private func strings(_ value: Value, _ machine: Machine) throws -> [String] {
    try sequence(value, machine).map(\.bareText)
  }
}

/// `atoi(s)`: the integer that a string spells.
final class IntegerOfStringNode: BuiltinNode {
  override func evaluate(_ machine: Machine) throws -> Value {
    let value = try arguments.evaluate(0, machine)
    guard machine.store.isString(value), let number = BigInt(machine.store.name(ofAtom: value)) else {
      throw site.failure(
        "the argument of atoi is \(machine.store.describe(value)), and spells no integer", .library)
    }
    return try here { try machine.store.integer(number) }
  }
}

extension CommandResult {
  fileprivate var record: PlainValue {
    .record(of: [
      "exitValue": .integer(BigInt(exitValue)), "stdout": .string(output), "stderr": .string(errors),
    ])
  }
}

extension PlainValue {
  fileprivate static func record(of texts: [String: String]) -> PlainValue {
    .record(texts.sorted { $0.key < $1.key }.map { Field(name: $0.key, value: .string($0.value)) })
  }

  /// The text of a string without quotes, and of another value as TLC prints it.
  var bareText: String { if case .string(let text) = self { text } else { description } }
}

extension Machine {
  /// The machine that the program runs on, if anything of it may be used.
  func host(_ site: Site) throws -> any HostAccess {
    guard let host else { throw site.failure("files and programs cannot be used here") }
    return host
  }
}

extension Node {
  /// Places a problem with the machine that the program runs on.
  func onHost<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let problem as HostProblem { throw site.failure(problem.message) }
  }
}
