import Foundation
import StateSpace
import TLASemantics
import TLASyntax
import TerminalUI
import Traces
import Workbench

/// The view file of a model: `Model.view.toml` beside `Model.tla`.
enum ViewFile {
  /// The path of a model's view file, whether or not it exists; nil if the model is not a file.
  static func path(of specification: Specification) -> String? {
    guard let root = specification.files.last?.name, root.hasSuffix(".tla") else { return nil }
    return root.dropLast(4) + ".view.toml"
  }

  /// The content of the view file; empty without one. Mistakes in the file are problems in the view.
  static func read(of specification: Specification) -> ProtocolView {
    guard let path = path(of: specification) else { return ProtocolView() }
    do {
      guard let file = try DiskProvider().read(path) else { return ProtocolView() }
      return ViewReader.read(String(decoding: file.bytes, as: UTF8.self))
    } catch {
      var view = ProtocolView()
      view.problems = [Wording.message(of: error)]
      return view
    }
  }

  /// The structure of a model, for the commands that print. Problems in the view file go to standard error.
  static func structure(of explorer: Explorer) -> ProtocolStructure {
    let view = read(of: explorer.specification)
    let structure = ProtocolStructure(of: explorer, from: (try? explorer.initialStates()) ?? [], view: view)
    if let path = path(of: explorer.specification) {
      for problem in structure.problems { Console.note("note: \(path): \(problem)") }
    }
    return structure
  }
}
