import StateSpace
import TLASemantics
import TLASyntax
import Traces

/// The readers of texts from outside, each with promises that it must keep for every text. All of them promise not to trap, and to end.
enum FuzzTarget: String, CaseIterable, Sendable {
  /// The module parser and the expression parser.
  case module
  case configuration
  /// Every format of traces.
  case trace
  /// The file of an unfinished session.
  case session
  /// A module and its configuration, from the texts to states, explanations, a check and its trace.
  case specification

  /// Gives the text to the reader and returns the broken promises. `companion` is the configuration of a module, for `specification`.
  func broken(by text: [UInt8], companion: [UInt8] = []) -> [String] {
    switch self {
    case .module: Self.readModule(String(decoding: text, as: UTF8.self))
    case .configuration: Self.readConfiguration(String(decoding: text, as: UTF8.self))
    case .trace: Self.readTrace(text)
    case .session: Self.readSession(String(decoding: text, as: UTF8.self))
    case .specification:
      SpecificationWalk(
        module: String(decoding: text, as: UTF8.self),
        configuration: String(decoding: companion, as: UTF8.self)
      ).broken()
    }
  }

  // MARK: Readers

  private static func readModule(_ text: String) -> [String] {
    let file = SourceFile(name: "M.tla", text: text)
    let module = Parser.parseModule(file)
    let expression = Parser.parseExpression(file)
    var broken = outOfPlace(module.diagnostics, in: file) + outOfPlace(expression.diagnostics, in: file)
    if let tree = module.tree, !contains(file, tree.span) {
      broken.append("the module's span leaves the text")
    }
    if let tree = expression.tree, !contains(file, tree.span) {
      broken.append("the expression's span leaves the text")
    }
    if module.tree == nil, module.diagnostics.isEmpty { broken.append("no module and no reason") }
    if expression.tree == nil, expression.diagnostics.isEmpty { broken.append("no expression and no reason") }
    return broken
  }

  private static func readConfiguration(_ text: String) -> [String] {
    let file = SourceFile(name: "M.cfg", text: text)
    let result = ConfigurationReader.read(file)
    let assignment = ConfigurationReader.readAssignment(text)
    var broken = outOfPlace(result.diagnostics, in: file)
    for diagnostic in assignment.diagnostics.prefix(20) { _ = DiagnosticRenderer.render(diagnostic) }
    if result.tree == nil { broken.append("no configuration") }
    if assignment.tree == nil, assignment.diagnostics.isEmpty { broken.append("no assignment and no reason") }
    return broken
  }

  private static func readTrace(_ bytes: [UInt8]) -> [String] {
    do {
      return rewritten(try TraceReader.read(bytes, file: "t"))
    } catch let error as TraceReadingError {
      return error.description.hasPrefix("t:") ? [] : ["the error has no place: \(error.description)"]
    } catch {
      return ["another error: \(error)"]
    }
  }

  /// Writes a trace in every format. Reading the ITF format back must give the same trace.
  static func rewritten(_ trace: Trace) -> [String] {
    for format in TraceFormat.written { _ = format.write(trace) }
    do {
      let again = try TraceReader.read(ITFWriter.text(trace), file: "again")
      // A name with `::` comes from Quint. The ITF reader keeps only its end.
      if again.variables != trace.variables, !trace.variables.contains(where: { $0.contains("::") }) {
        return ["ITF: other variables"]
      }
      if again.loop != trace.loop { return ["ITF: another loop"] }
      guard again.steps.count == trace.steps.count else { return ["ITF: another number of steps"] }
      for (index, (read, original)) in zip(again.steps, trace.steps).enumerated() {
        if read.values.map(\.canonical) != original.values.map(\.canonical) { return ["ITF: step \(index)"] }
        if read.label?.name != original.label?.name { return ["ITF: the action of step \(index)"] }
      }
      return []
    } catch {
      return ["ITF cannot be read back: \(error)"]
    }
  }

  private static func readSession(_ text: String) -> [String] {
    _ = SessionFileReader.outline(Array(text.utf8))
    do {
      let tree = try SessionFileReader.read(text, file: "s")
      for (position, node) in tree.nodes.enumerated() {
        if let parent = node.parent, parent >= position { return ["a node before its parent"] }
        if node.values.count != tree.variables.count { return ["a node with other variables"] }
      }
      if !tree.nodes.isEmpty, !tree.nodes.indices.contains(tree.cursor) { return ["the cursor is nowhere"] }
      return []
    } catch is TraceReadingError {
      return []
    } catch {
      return ["another error: \(error)"]
    }
  }

  // MARK: Diagnostics

  /// The diagnostics whose places are outside the text. All diagnostics are rendered as for a terminal.
  static func outOfPlace(_ diagnostics: [Diagnostic], in file: SourceFile) -> [String] {
    for diagnostic in diagnostics.prefix(20) { _ = DiagnosticRenderer.render(diagnostic) }
    return diagnostics.filter { diagnostic in
      let spans = [diagnostic.span] + diagnostic.notes.map(\.span)
      return !spans.compactMap { $0 }.allSatisfy { contains(file, $0) }
    }.map { "out of place: \($0.message)" }
  }

  private static func contains(_ file: SourceFile, _ span: SourceSpan) -> Bool {
    span.file === file && span.start >= 0 && span.start <= span.end && span.end <= file.bytes.count
  }
}
