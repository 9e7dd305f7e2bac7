import Foundation
import StateSpace
import Testing
import Traces

/// A trace in `Models`, with the structure of its model.
struct BundledTrace: CustomTestStringConvertible {
  /// `syn/part13-two-splits`
  let name: String
  let trace: Trace
  let structure: ProtocolStructure

  var testDescription: String { name }

  private static let models = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Models")

  /// The names of all traces.
  static let names: [String] = {
    let files = FileManager.default.enumerator(atPath: models.path)?.compactMap { $0 as? String } ?? []
    return files.filter { $0.hasSuffix(".itf.json") }.map { String($0.dropLast(".itf.json".count)) }.sorted()
  }()

  /// The trace with captions and violation, as `show --model` makes it. A trace of another configuration than the bundled one has no
  /// violation.
  init(_ name: String) throws {
    self.name = name
    let file = Self.models.appendingPathComponent(name + ".itf.json")
    var trace = try TraceReader.read(Array(Data(contentsOf: file)), file: name)
    let folder = name.split(separator: "/").dropLast().joined(separator: "/")
    let module = name.split(separator: "/").last?.split(separator: "-").first.map(String.init) ?? ""
    let explorer = try BundledModels.explorer("\(folder)/\(module)")
    let structure = ProtocolStructure(of: explorer, from: try explorer.initialStates())
    if structure.variables == trace.variables {
      trace.takeCaptions(from: explorer.specification)
      trace.violation = trace.violation(at: trace.steps.count - 1, explorer: explorer, structure: structure)
    }
    self.trace = trace
    self.structure = structure
  }
}
