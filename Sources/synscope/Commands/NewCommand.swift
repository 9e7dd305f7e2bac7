import ArgumentParser
import Foundation
import TerminalUI

/// Writes a commented model to start from, and opens it. It never replaces a file.
struct NewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Writes a commented model to start from, and opens it.",
    discussion: """
      Writes NAME.tla and NAME.cfg: a small system whose invariant fails, with what to try next. \
      Where there is no terminal, it only writes them.
      """)

  @Argument(help: "The name of the module, or a path that ends with it.")
  var name: String
  @Option(
    name: .customLong("from"),
    help: ArgumentHelp("The shape: pair, pubsub, lock, election, queue or log.", valueName: "SHAPE"),
    completion: .list(["pair", "pubsub", "lock", "election", "queue", "log"]))
  var shape = "pair"

  func run() throws {
    let path = ModelPath.stem(of: name)
    let module = path.split(separator: "/").last.map(String.init) ?? ""
    guard Self.isModuleName(module) else {
      throw refusal("\(name) is not a module name: use letters, digits and _, with at least one letter")
    }
    let shapes = BundledModels().entries.filter { $0.name.hasPrefix(Self.folder) }
    guard let entry = shapes.first(where: { $0.name == Self.folder + shape }) else {
      let names = shapes.map { String($0.name.dropFirst(Self.folder.count)) }.joined(separator: ", ")
      throw refusal("there is no shape \(shape); there are \(names)")
    }
    for ending in [".tla", ".cfg"] {
      guard !FileManager.default.fileExists(atPath: path + ending) else {
        throw refusal("\(path)\(ending) exists; it was not overwritten")
      }
    }
    let original = ModelPath.stem(of: entry.path)
    try write(
      try text(of: original + ".tla").replacing(
        "MODULE \(shape) ", with: "MODULE \(module) ", maxReplacements: 1),
      to: path + ".tla")
    try write(text(of: original + ".cfg"), to: path + ".cfg")
    try Console.write("wrote \(path).tla and \(path).cfg; `synscope \(path).tla` opens them")
    if TerminalCheck.complaint(commandLineForm: "") == nil {
      try WorkbenchCommand.parse([path + ".tla"]).run()
    }
  }

  private static let folder = "shapes/"

  private static func isModuleName(_ name: String) -> Bool {
    name.unicodeScalars.allSatisfy {
      $0.isASCII && ($0.properties.isAlphabetic || "0"..."9" ~= $0 || $0 == "_")
    }
      && name.contains(where: \.isLetter)
  }

  private func text(of path: String) throws -> String {
    do { return String(decoding: try FileStore.read(path, limit: 1 << 20), as: UTF8.self) } catch {
      throw refusal("\(path) cannot be read: \(error.reason)", .other)
    }
  }

  private func write(_ text: String, to path: String) throws {
    do {
      guard try FileStore.create(text, at: path) else {
        throw refusal("\(path) exists; it was not overwritten")
      }
    } catch let failure as FileStore.Failure {
      throw refusal("\(path) cannot be written: \(failure.reason)", .other)
    }
  }

  private func refusal(_ message: String, _ status: ExitStatus = .usage) -> ExitCode {
    Console.note("error: \(message)")
    return ExitCode(status.rawValue)
  }
}
