import Foundation
import TLASemantics
import TLASyntax
import Testing

/// The assignment that was read, without places.
private func summary(_ assignment: Configuration.Assignment) -> String {
  let module = assignment.module.map { "[\($0.text)] " } ?? ""
  return switch assignment.meaning {
  case .value(let value): "\(assignment.name.text) = \(module)\(text(value))"
  case .point(let arguments, let value):
    "\(assignment.name.text)(\(arguments.map(text).joined(separator: ", "))) = \(module)\(text(value))"
  case .substitution(let name): "\(assignment.name.text) <- \(module)\(name.text)"
  }
}

private func text(_ value: Configuration.Constant) -> String {
  switch value {
  case .boolean(let value): value ? "TRUE" : "FALSE"
  case .integer(let digits): digits
  case .string(let contents): "\"\(contents)\""
  case .modelValue(let name): name
  case .set(let elements): "{" + elements.map(text).joined(separator: ", ") + "}"
  case .tuple(let elements): "<<" + elements.map(text).joined(separator: ", ") + ">>"
  case .record(let fields):
    "[" + fields.map { "\($0.name) |-> \(text($0.value))" }.joined(separator: ", ") + "]"
  }
}

private func read(_ text: String) -> (configuration: Configuration, diagnostics: [Diagnostic]) {
  let result = ConfigurationReader.read(SourceFile(name: "M.cfg", text: text))
  return (result.tree ?? Configuration(), result.diagnostics)
}

/// The messages as `line:column message`, with warnings marked.
private func messages(_ text: String) -> [String] {
  read(text).diagnostics.map { diagnostic in
    let place = diagnostic.span.map { "\($0.startPosition.line):\($0.startPosition.column) " } ?? ""
    return place + (diagnostic.severity == .warning ? "warning: " : "") + diagnostic.message
  }
}

@Suite("Reading a configuration") struct ConfigurationReaderTests {
  @Test("Every keyword is read") func keywords() {
    let (configuration, diagnostics) = read(
      """
      SPECIFICATION Spec
      CONSTANT N = 3
      CONSTANTS Nodes = {n1, n2}
      INVARIANT TypeOK
      INVARIANTS Safe Agreed
      PROPERTY Live
      PROPERTIES Fair Done
      CONSTRAINT Small
      CONSTRAINTS Short Low
      ACTION_CONSTRAINT Slow
      ACTION_CONSTRAINTS Up Down
      SYMMETRY Permuted
      VIEW Visible
      ALIAS Shown
      POSTCONDITION Counted
      CHECK_DEADLOCK FALSE
      """)
    #expect(diagnostics.isEmpty)
    #expect(configuration.specification?.text == "Spec")
    #expect(configuration.constants.map(summary) == ["N = 3", "Nodes = {n1, n2}"])
    #expect(configuration.invariants.map(\.text) == ["TypeOK", "Safe", "Agreed"])
    #expect(configuration.properties.map(\.text) == ["Live", "Fair", "Done"])
    #expect(configuration.constraints.map(\.text) == ["Small", "Short", "Low"])
    #expect(configuration.actionConstraints.map(\.text) == ["Slow", "Up", "Down"])
    #expect(configuration.symmetry.map(\.text) == ["Permuted"])
    #expect(configuration.view?.text == "Visible")
    #expect(configuration.alias?.text == "Shown")
    #expect(configuration.postconditions.map(\.text) == ["Counted"])
    #expect(configuration.checkDeadlock == false)
    #expect(configuration.initial == nil)
    #expect(configuration.next == nil)
    #expect(configuration.file?.name == "M.cfg")
  }

  @Test("INIT and NEXT are read, and deadlock is left open") func initAndNext() {
    let (configuration, diagnostics) = read("INIT Init NEXT Next")
    #expect(diagnostics.isEmpty)
    #expect(configuration.initial?.text == "Init")
    #expect(configuration.next?.text == "Next")
    #expect(configuration.checkDeadlock == nil)
  }

  @Test("Several postconditions are read") func postconditions() {
    let (configuration, diagnostics) = read("POSTCONDITIONS Counted Bounded")
    #expect(diagnostics.isEmpty)
    #expect(configuration.postconditions.map(\.text) == ["Counted", "Bounded"])
  }

  @Test("Keywords of recent versions of TLC are read") func experimentalKeywords() {
    let (configuration, diagnostics) = read("INIT I NEXT N CONSTANT C = 1 _PERIODIC A _RL_REWARD B")
    #expect(diagnostics.isEmpty)
    #expect(configuration.periodic?.text == "A")
    #expect(configuration.reward?.text == "B")
  }

  @Test("Points follow one another, also those of operators with symbols, and may be for one module")
  func points() {
    let (configuration, diagnostics) = read(
      "CONSTANTS F(0) = 3 F(3) = {a} ++(0, 1) = 3 ++(3, 1) = 0 I!F(1) = 2 G(1) = [B] 2 - <- Minus")
    #expect(diagnostics.isEmpty)
    #expect(
      configuration.constants.map(summary) == [
        "F(0) = 3", "F(3) = {a}", "++(0, 1) = 3", "++(3, 1) = 0", "I!F(1) = 2", "G(1) = [B] 2", "- <- Minus",
      ])
  }

  @Test("Predicates that some state must satisfy are read") func possible() {
    let (configuration, diagnostics) = read("INIT I NEXT N _POSSIBLE A B")
    #expect(diagnostics.isEmpty)
    #expect(configuration.possible.map(\.text) == ["A", "B"])
  }

  @Test("An empty file is a configuration without behavior") func emptyFile() {
    let (configuration, diagnostics) = read("\u{FEFF}\r\n\t\\* nothing\n")
    #expect(diagnostics.isEmpty)
    #expect(configuration.initial == nil)
    #expect(configuration.constants.isEmpty)
  }

  @Test(
    "Each form of an assignment is read",
    arguments: [
      ("N = 3", "N = 3"),
      ("N = 007", "N = 7"),
      ("N = -3", "N = -3"),
      ("N = -0", "N = 0"),
      ("N = 123456789012345678901234567890", "N = 123456789012345678901234567890"),
      ("B = TRUE", "B = TRUE"),
      ("B=FALSE", "B = FALSE"),
      ("S = \"a b\"", "S = \"a b\""),
      (#"S = "a\"b\\c""#, #"S = "a"b\c""#),
      ("S = \"\\* no comment (* here\"", "S = \"* no comment (* here\""),
      ("None = None", "None = None"),
      ("P = 1a", "P = 1a"),
      ("E = {}", "E = {}"),
      ("S = {1, \"a\", {TRUE, {}}, b}", "S = {1, \"a\", {TRUE, {}}, b}"),
      ("T = <<1, {a}>>", "T = <<1, {a}>>"),
      ("R = [a |-> 1, b |-> {x}]", "R = [a |-> 1, b |-> {x}]"),
      ("Seq <- MySeq", "Seq <- MySeq"),
      ("Seq<-MySeq", "Seq <- MySeq"),
      ("Nat <- [Naturals] Small", "Nat <- [Naturals] Small"),
      ("Nat<-[Naturals]Small", "Nat <- [Naturals] Small"),
      ("Cells = [Grid] {a, 1}", "Cells = [Grid] {a, 1}"),
      ("Inner!N = 2", "Inner!N = 2"),
      ("F(a) = 1", "F(a) = 1"),
      ("F(1, {b}) = \"x\"", "F(1, {b}) = \"x\""),
      (#"\prec <- Less"#, #"\prec <- Less"#),
      ("+ <- Plus", "+ <- Plus"),
    ])
  func assignment(source: String, expected: String) {
    let (configuration, diagnostics) = read("CONSTANTS \(source)\n")
    #expect(diagnostics.isEmpty)
    #expect(configuration.constants.map(summary) == [expected])
    #expect(ConfigurationReader.readAssignment(source).tree.map(summary) == expected)
  }

  @Test("Assignments need no separators") func severalAssignments() {
    let (configuration, diagnostics) = read(
      "CONSTANTS A = 1 B = {x} C <- D F(1) = 2 F(2) = 3 CONSTANT E = \"e\" INIT I NEXT N")
    #expect(diagnostics.isEmpty)
    #expect(
      configuration.constants.map(summary) == [
        "A = 1", "B = {x}", "C <- D", "F(1) = 2", "F(2) = 3", "E = \"e\"",
      ])
  }

  @Test("Both kinds of comments are skipped, also nested ones") func comments() {
    let (configuration, diagnostics) = read(
      """
      (* INIT Wrong (* NEXT Nested *) still a comment
         over lines *) INIT \\* (* not opened here
      Init
      NEXT(**)Next \\* INVARIANT No
      INVARIANT A (* B *) C
      """)
    #expect(diagnostics.isEmpty)
    #expect(configuration.initial?.text == "Init")
    #expect(configuration.next?.text == "Next")
    #expect(configuration.invariants.map(\.text) == ["A", "C"])
  }

  @Test(
    "The bundled models and the engine's fixtures are read without messages",
    arguments: [
      "Models/syn", "Models/bookings", "Models/deploy", "Models/pool", "Models/replication",
      "Models/shapes", "Tests/StateSpaceTests/Fixtures",
    ])
  func bundled(folder: String) throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let files = try FileManager.default.contentsOfDirectory(
      at: root.appending(path: folder), includingPropertiesForKeys: nil
    ).filter { $0.pathExtension == "cfg" }
    #expect(files.count >= 6)
    for file in files {
      let result = ConfigurationReader.read(
        SourceFile(name: file.lastPathComponent, text: try String(contentsOf: file, encoding: .utf8)))
      #expect(result.diagnostics.isEmpty, "\(file.lastPathComponent)")
      let configuration = try #require(result.tree)
      #expect(
        configuration.specification != nil || configuration.next != nil
          || file.lastPathComponent == "AssumptionsOnly.cfg"
          || file.lastPathComponent == "ChooseFirst.cfg", "\(file.lastPathComponent)")
    }
  }

  @Test("Names keep their places") func places() throws {
    let (configuration, _) = read("INIT Init\nNEXT Next\nINVARIANTS\n  One\n  Two\n")
    let place = try #require(configuration.invariants.last).span.startPosition
    #expect(place == SourcePosition(line: 5, column: 3))
  }
}

@Suite("Mistakes in a configuration") struct ConfigurationErrorTests {
  @Test(
    "Each error has its place and its message",
    arguments: [
      ("INIT", "1:1 expected a name after `INIT`, found the end of the file"),
      ("SPECIFICATION\nINVARIANT A", "1:1 expected a name after `SPECIFICATION`, found `INVARIANT`"),
      ("INIT 3 NEXT N", "1:6 expected a name after `INIT`, found `3`"),
      ("SPECIFICATION A\nSPECIFICATION B", "2:1 `SPECIFICATION` stands here a second time"),
      ("CHECK_DEADLOCK TRUE CHECK_DEADLOCK FALSE", "1:21 `CHECK_DEADLOCK` stands here a second time"),
      ("CHECK_DEADLOCK yes", "1:16 `CHECK_DEADLOCK` needs TRUE or FALSE, and `yes` is neither"),
      ("INVARIENTS A", "1:1 `INVARIENTS` is not a keyword of a configuration"),
      ("ACTION-CONSTRAINT A", "1:1 `ACTION-CONSTRAINT` is not a keyword of a configuration"),
      ("= 3", "1:1 expected a keyword, found `=`"),
      ("INVARIANT A, B", "1:12 Names are not separated by commas"),
      ("INVARIANT x = 1", "1:13 expected the name of a definition in `INVARIANT`, found `=`"),
      ("CONSTANTS N", "1:11 `N` has no value"),
      ("CONSTANTS N = INIT I NEXT X", "1:11 `N =` has no value"),
      ("CONSTANTS N = M = 3", "1:11 `N =` has no value"),
      ("CONSTANTS N == 3", "1:13 `==` does not assign a constant"),
      ("CONSTANTS N := 3", "1:13 `:=` does not assign a constant"),
      ("CONSTANTS N = 1, M = 2", "1:16 Assignments are not separated by commas"),
      ("CONSTANTS N = 1..3", "1:16 A configuration holds plain values, and `..` makes this an expression"),
      ("CONSTANTS N = {a, b", "1:15 `,` or `}` is needed here, and the end of the file is neither"),
      ("CONSTANTS N = {a b}", "1:18 `,` or `}` is needed here, and `b` is neither"),
      ("CONSTANTS N = {a,}", "1:18 expected a value, found `}`"),
      ("CONSTANTS N = - a", "1:15 expected a number after `-`"),
      ("CONSTANTS N <- 3", "1:16 expected the name of a definition after `N <-`, found `3`"),
      ("CONSTANTS N <-", "1:11 expected the name of a definition after `N <-`, found the end of the file"),
      ("CONSTANTS N <- [M D", "1:16 The name of the module is not closed by `]`"),
      ("CONSTANTS R = [a |-> 1, a |-> 2]", "1:25 The record has the field `a` twice"),
      ("CONSTANTS N = [M]", "1:11 `N =` has no value"),
      ("CONSTANTS 3 = N", "1:11 expected the name of a constant, found `3`"),
      ("CONSTANTS FALSE = N", "1:11 expected the name of a constant, found `FALSE`"),
      ("CONSTANTS S = \"abc", "1:15 The string is not closed on its line"),
      ("CONSTANTS Ä = 1", "1:11 A configuration has no use for this character"),
      ("INIT I NEXT N (* (* *)", "1:15 The comment is not closed"),
      ("SPECIFICATION S\nINIT I", "2:6 The configuration has both SPECIFICATION and INIT"),
      ("INIT I", "1:6 The configuration has INIT and no NEXT"),
      ("NEXT N", "1:6 The configuration has NEXT and no INIT"),
    ])
  func error(source: String, expected: String) {
    #expect(messages(source).contains(expected), "got \(messages(source))")
    #expect(read(source).diagnostics.contains { $0.severity == .error })
    #expect(read(source).diagnostics.allSatisfy { $0.category == .configuration })
  }

  @Test(
    "For a word close to a keyword, the message suggests the keyword",
    arguments: [
      ("INVARIENTS", "INVARIANTS"), ("invariant", "INVARIANT"), ("CONSTANS", "CONSTANT"),
      ("SPECIFCATION", "SPECIFICATION"), ("PROPERTYS", "PROPERTY"),
      ("ACTION-CONSTRAINT", "ACTION_CONSTRAINT"),
      ("CHECK_DEADLOK", "CHECK_DEADLOCK"), ("NETX", "NEXT"), ("SYMETRY", "SYMMETRY"),
    ])
  func didYouMean(word: String, keyword: String) {
    #expect(read("\(word) X").diagnostics.first?.hint == "did you mean `\(keyword)`?")
  }

  @Test("For any other word, the message gives examples") func noKeywordNear() {
    #expect(read("BANANA X").diagnostics.first?.hint?.contains("INIT, NEXT") == true)
  }

  @Test("An equals sign after a keyword", arguments: ["INIT = Init", "NEXT == Init", "INVARIANT = Init"])
  func equalsSign(line: String) {
    let result = read(line)
    #expect(result.diagnostics.first?.hint?.contains("write the name right after") == true)
    let read = result.configuration
    #expect(
      [read.initial?.text, read.next?.text, read.invariants.first?.text].compactMap { $0 } == ["Init"])
  }

  @Test("Every error of a file is reported, and the rest is read") func recovery() {
    let source = """
      SPECIFICATION Spec
      BANANA Split
      CONSTANTS
        A = {1, 2
        B = 3
        C
        D <- Good
      INVARIANTS Inv = 3
      CHECK_DEADLOCK maybe
      PROPERTY Live
      """
    #expect(
      messages(source).map { $0.prefix { $0 != ":" } } == ["2", "5", "6", "8", "9"], "got \(messages(source))"
    )
    let configuration = read(source).configuration
    #expect(configuration.constants.map(summary) == ["B = 3", "D <- Good"])
    #expect(configuration.properties.map(\.text) == ["Live"])
    #expect(configuration.specification?.text == "Spec")
  }

  @Test("Of two behaviors the first counts, and the message points at it") func twice() {
    let (configuration, diagnostics) = read("SPECIFICATION A\nSPECIFICATION B")
    #expect(configuration.specification?.text == "A")
    #expect(diagnostics.first?.notes.first?.span?.startPosition == SourcePosition(line: 1, column: 1))
  }

  @Test(
    "Input that TLC reads but nobody can intend is a warning",
    arguments: [
      ("INVARIANTS\nINIT I NEXT N", "1:1 warning: `INVARIANTS` lists no names"),
      ("CONSTANTS\nINIT I NEXT N", "1:1 warning: `CONSTANTS` assigns nothing"),
      ("CONSTANTS A = 1 A = 2", "1:17 warning: `A` is assigned twice; the last one counts"),
      ("TYPE_CONSTRAINT T", "1:1 warning: `TYPE_CONSTRAINT` has no effect"),
      (
        "INVARIANT A PROPERTYS B",
        "1:13 warning: `PROPERTYS` is not a keyword, so it is taken for the name of a definition"
      ),
    ])
  func warning(source: String, expected: String) {
    #expect(messages(source) == [expected])
  }
}

@Suite("Reading an assignment of the command line") struct AssignmentReaderTests {
  @Test("The examples of the help are read") func examples() {
    #expect(ConfigurationReader.readAssignment("MaxValues=6").tree.map(summary) == "MaxValues = 6")
    #expect(
      ConfigurationReader.readAssignment("Nodes={n1,n2,n3}").tree.map(summary) == "Nodes = {n1, n2, n3}")
    #expect(ConfigurationReader.readAssignment(" Foo <- Bar ").tree.map(summary) == "Foo <- Bar")
  }

  @Test(
    "A wrong assignment is refused with a message that shows the text",
    arguments: [
      ("", "The text is empty"),
      ("MaxValues", "`MaxValues` has no value"),
      ("MaxValues=", "`MaxValues =` has no value"),
      ("MaxValues=6 7", "The assignment ends before `7`"),
      ("A=1 B=2", "The assignment ends before `B`"),
      ("Nodes={n1,n2", "`,` or `}` is needed here, and the end of the text is neither"),
      ("N=1+1", "A configuration holds plain values, and `+` makes this an expression"),
    ])
  func wrong(text: String, message: String) {
    let result = ConfigurationReader.readAssignment(text)
    #expect(result.tree == nil)
    #expect(result.diagnostics.map(\.message) == [message])
    #expect(result.diagnostics.first?.span?.file.name == "<--constant>")
    #expect(result.diagnostics.first?.span?.file.line(1) == text)
  }
}
