import StateSpace
import TLASemantics
import TLASyntax
import Testing
import Traces

@testable import Workbench

#if canImport(Glibc)
  import Glibc
#endif

/// A session for tests. The test presses keys, reads the screen and answers effects, which are recorded.
struct Stage {
  var session: Session
  /// All requested effects, in order.
  private(set) var effects: [Effect] = []

  /// Loads a model of the repository, such as `syn/part5`.
  init(
    _ model: String, width: Int = 120, height: Int = 34, constants: [String] = [],
    options: Session.Options = .init()
  ) throws {
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    try self.init(
      path: "/\(root)/Models/\(model).tla", name: model, provider: DiskProvider(), width: width,
      height: height, constants: constants, options: options)
  }

  /// Loads a module from a text, with a configuration.
  init(
    module: String, configuration: String, width: Int = 120, height: Int = 34,
    options: Session.Options = .init(), view: ProtocolView = ProtocolView()
  ) throws {
    let name = module.split(separator: " ").drop { $0 != "MODULE" }.dropFirst().first.map(String.init) ?? "M"
    let provider = TextProvider(files: ["\(name).tla": module, "\(name).cfg": configuration])
    try self.init(
      path: "\(name).tla", name: name, provider: provider, width: width, height: height, constants: [],
      options: options, view: view)
  }

  private init(
    path: String, name: String, provider: any SourceProvider, width: Int, height: Int, constants: [String],
    options: Session.Options, view: ProtocolView = ProtocolView()
  ) throws {
    var loading = SpecificationLoader.Options()
    loading.constants = try constants.map { text in
      try #require(ConfigurationReader.readAssignment(text).tree, "\(text)")
    }
    let specification = try SpecificationLoader(provider: provider).load(path, options: loading)
    session = try Session(SessionModel(Explorer(specification), name: name, view: view), options: options)
    resize(width, height)
  }

  mutating func send(_ event: Event) {
    effects += session.update(event)
  }

  mutating func resize(_ width: Int, _ height: Int) {
    send(.resize(Size(width: width, height: height)))
  }

  /// Presses keys. A name is one key, such as `Enter` or `Ctrl-R`; any other text is typed.
  mutating func press(_ keys: String...) {
    for key in keys {
      for pressed in Stage.keys(key) { send(.key(pressed)) }
    }
  }

  private static func keys(_ name: String) -> [Key] {
    let named: [String: Key] = [
      "Enter": .enter, "Esc": .escape, "Tab": .tab, "Shift-Tab": .backTab, "Up": .up, "Down": .down,
      "Left": .left, "Right": .right, "Home": .home, "End": .end, "PgUp": .pageUp, "PgDn": .pageDown,
      "Backspace": .backspace, "Delete": .delete,
    ]
    if let key = named[name] { return [key] }
    if name.hasPrefix("Ctrl-"), let letter = name.last { return [.control(Character(letter.lowercased()))] }
    return name.map(Key.character)
  }

  var screen: String { session.view().text }

  func row(_ y: Int) -> String { session.view().rowText(y) }

  /// The line of keys, and a message on the frame above it and the rows above that if the message has no room beside the keys.
  var bottom: String {
    let (width, height) = (session.screen.size.width, session.screen.size.height)
    let above = row(height - 2)
    let isFrame = above.allSatisfy { "└─┴┘ ".contains($0) }
    if isFrame { return row(height - 1) }
    let message = StyledLine(session.screen.message?.text ?? "")
    let count = message.wrapped(to: width - 6, rows: Session.mostMessageRows).count
    let more = (0..<count - 1).map { row(height - 1 - count + $0).trimmingCharacters("│┃ ") + " " }
    return more.joined() + above + row(height - 1)
  }

  /// Whether some row of the screen shows the text.
  func shows(_ text: String) -> Bool { screen.contains(text) }

  /// Runs the last requested check to its end on this thread.
  mutating func runChecker() throws {
    var started: (run: Int, options: CheckOptions)?
    for case .startCheck(let run, let options) in effects { started = (run, options) }
    let (run, options) = try #require(started)
    var news: [Event] = []
    let result = try Checker(session.specification, options: options).run(
      progress: {
        news.append(.checkProgress(run: run, $0)); return true
      },
      onViolation: { news.append(.checkFound(run: run, $0)) })
    for event in news { send(event) }
    send(.checkEnded(run: run, result))
  }

  /// The last saved file.
  var lastSave: (path: String, contents: String)? {
    guard case .save(let path, _, _)? = effects.last(where: { if case .save = $0 { true } else { false } })
    else { return nil }
    var contents = ""
    for case .save(path, let piece, _) in effects {
      contents = piece.isFirst ? piece.text : contents + piece.text
    }
    return (path, contents)
  }

  /// Answers the requested effects from this number on, until no more are requested: ticks, and pieces of files. `until` may end it
  /// earlier.
  mutating func playWorld(from first: Int, until isEnough: (Stage) -> Bool = { _ in false }) {
    var next = first
    while next < effects.count, !isEnough(self) {
      switch effects[next] {
      case .wake: send(.tick)
      case .save(let path, let piece, _):
        send(piece.isLast ? .fileSaved(path: path) : .filePieceSaved(path: path))
      default: break
      }
      next += 1
    }
  }

  /// Runs the last requested evaluation to its end on this thread.
  mutating func runEvaluation() throws {
    var started: (run: Int, task: EvaluationTask)?
    for case .startEvaluation(let run, let task) in effects { started = (run, task) }
    let (run, task) = try #require(started)
    let outcomes = try ExpressionEvaluator(Explorer(session.specification)).run(task) { _ in }
    send(.evaluated(run: run, .outcomes(outcomes)))
  }
}

/// Reads files from the disk.
private struct DiskProvider: SourceProvider {
  func read(_ path: String) throws -> SourceFile? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      guard count > 0 else { break }
      bytes += buffer[..<count]
    }
    return SourceFile(name: path, text: String(decoding: bytes, as: UTF8.self))
  }
}

extension String {
  /// The text without these characters at both ends.
  fileprivate func trimmingCharacters(_ characters: String) -> String {
    let start = drop { characters.contains($0) }
    let length = start.reversed().drop { characters.contains($0) }.count
    return String(start.prefix(length))
  }
}
