import StateSpace
import TLASemantics
import TLASyntax

/// Specifications from texts.
enum InMemory {
  /// The module `M` with this body and configuration.
  static func load(
    _ body: String, _ configuration: String = "", modules: [String: String] = [:],
    options: SpecificationLoader.Options = SpecificationLoader.Options()
  ) throws -> Specification {
    var files = modules
    files["M.tla"] = "---- MODULE M ----\n\(body)\n====\n"
    files["M.cfg"] = configuration
    return try SpecificationLoader(provider: TextProvider(files: files)).load("M.tla", options: options)
  }

  /// Checks the module to the end.
  static func check(
    _ body: String, _ configuration: String = "INIT Init\nNEXT Next", options: CheckOptions = CheckOptions()
  ) throws -> CheckResult {
    try Checker(load(body, configuration), options: options).run(
      progress: { _ in true }, onViolation: { _ in })
  }
}

/// The messages of the diagnostics that `body` throws, each with its place, joined by newlines.
func problems<Result>(_ body: () throws -> Result) -> String {
  do {
    _ = try body()
    return ""
  } catch let error as Diagnostics {
    return error.all.map { problem in
      let place = problem.span.map { "\($0.startPosition.line):\($0.startPosition.column) " } ?? ""
      return place + problem.message + (problem.hint.map { " (\($0))" } ?? "")
    }.joined(separator: "\n")
  } catch {
    return "\(error)"
  }
}
