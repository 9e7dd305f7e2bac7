import Foundation
import StateSpace
import TLASemantics
import TLASyntax
import TerminalUI
import Traces
import Workbench

/// The view file of a model: `Model.view.toml` beside `Model.tla`.
enum ViewFile {
  /// Where a model's view file is or would be; nil for a model that is no file.
  static func path(of specification: Specification) -> String? {
    guard let root = specification.files.last?.name, root.hasSuffix(".tla") else { return nil }
    return root.dropLast(4) + ".view.toml"
  }

  /// What it says; nothing without one. What is wrong with it is a problem in the view.
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

  /// The structure of a model for the commands that print: what is wrong with the view file goes to standard error.
  static func structure(of explorer: Explorer) -> ProtocolStructure {
    let view = read(of: explorer.specification)
    let structure = ProtocolStructure(of: explorer, from: (try? explorer.initialStates()) ?? [], view: view)
    if let path = path(of: explorer.specification) {
      for problem in structure.problems { Console.note("note: \(path): \(problem)") }
    }
    return structure
  }
}
