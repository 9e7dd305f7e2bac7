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

  /// The errors of the module, a line for each: `line:column message (hint)`; empty if there are none.
  static func problems(
    _ body: String, _ configuration: String = "", modules: [String: String] = [:],
    options: SpecificationLoader.Options = SpecificationLoader.Options()
  ) -> String {
    do {
      _ = try load(body, configuration, modules: modules, options: options)
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
}
