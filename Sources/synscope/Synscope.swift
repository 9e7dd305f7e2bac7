import Foundation
import StateSpace
import TLASemantics
import TLASyntax

struct Disk: SourceProvider {
  func read(_ path: String) throws -> SourceFile? {
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    return SourceFile(name: path, text: String(decoding: data, as: UTF8.self))
  }
}

@main struct Synscope {
  static func main() throws {
    do {
      let path = CommandLine.arguments[1]
      let specification = try SpecificationLoader(provider: Disk()).load(path)
      if CommandLine.arguments.count > 2 {
        let e = try Explorer(specification)
        print(try e.evaluate(CommandLine.arguments[2], in: nil))
        return
      }
      let result = try Checker(specification, options: CheckOptions()).run(progress: { _ in true }, onViolation: { _ in })
      print(result.progress)
      if case .violation(let v) = result.outcome {
        print(v.kind, v.message, v.failure?.span?.startPosition as Any)
        for (i, s) in v.trace.enumerated() { print(i, s.label?.description ?? "init", s.values.map(\.description).joined(separator: " | ")) }
      } else { print(result.outcome) }
    } catch let d as Diagnostics {
      for x in d.all { print(DiagnosticRenderer.render(x)) }
    } catch { print(error) }
  }
}
