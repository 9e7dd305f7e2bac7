import ArgumentParser
import Foundation
import TLASemantics
import TLASyntax
import TerminalUI

/// Writes a first configuration. It never replaces one.
struct ConfigureCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "configure", abstract: "Writes a first configuration beside a module that has none.",
    discussion: """
      Finds the behavior (Spec, or Init and Next) and the usual invariants by their names. Give each constant a value: \
      --constant N=3, --constant 'Nodes={n1,n2}'. A configuration that exists is never changed.
      """)

  @Argument(help: "The path of a .tla file.", completion: .file(extensions: ["tla"]))
  var model: String
  @Option(
    name: .customLong("constant"), parsing: .singleValue,
    help: ArgumentHelp("The value of a constant, or `NAME<-DEFINITION`.", valueName: "NAME=VALUE"))
  var constants: [String] = []
  @Option(
    name: .customLong("library"), parsing: .singleValue,
    help: "A folder in which extended modules are looked for.")
  var libraries: [String] = []

  func run() throws {
    let path = BundledModels().path(of: model)
    let target = ModelPath.stem(of: path) + ".cfg"
    guard !FileManager.default.fileExists(atPath: target) else {
      throw refusal("\(target) exists; it was not overwritten")
    }
    var options = SpecificationLoader.Options()
    options.libraries = libraries
    let loader = SpecificationLoader(provider: DiskProvider())
    guard let proposal = loader.proposal(for: path, options: options) else {
      // The loader knows what is wrong with the module. If nothing is, it has no behavior.
      do { _ = try loader.load(path, options: options) } catch let error as Diagnostics {
        Console.report(error.all)
        throw ExitCode(ExitStatus(of: error.all).rawValue)
      }
      throw refusal("\(path) defines no Spec, and no Init and Next")
    }
    let values = try values(for: proposal)
    let text = proposal.lines(values: values).joined(separator: "\n") + "\n"
    do {
      guard try FileStore.create(text, at: target) else {
        throw refusal("\(target) exists; it was not overwritten")
      }
    } catch let failure as FileStore.Failure {
      throw refusal("\(target) cannot be written: \(failure.reason)", .other)
    }
    try Console.write("wrote \(target):\n" + text)
  }

  /// The values of the constants. Every constant needs one, and each given one must be a constant's.
  private func values(for proposal: ConfigurationProposal) throws -> [String: String] {
    var values: [String: String] = [:]
    for text in constants {
      let name = text.prefix { $0 != "=" && $0 != "<" }.trimmingCharacters(in: .whitespaces)
      let value = text.dropFirst(text.prefix { $0 != "=" && $0 != "<" }.count).drop { "= ".contains($0) }
      guard let constant = proposal.constants.first(where: { $0.name == name }) else {
        throw refusal("\(proposal.module) has no constant \(name)")
      }
      if let complaint = constant.complaint(about: String(value)) { throw refusal("\(text): \(complaint)") }
      values[name] = String(value)
    }
    let missing = proposal.constants.filter { values[$0.name] == nil }
    guard missing.isEmpty else {
      let lines = missing.map { "  --constant '\($0.assignment("…"))'" }
      throw refusal(
        "\(missing.count == 1 ? "a constant has" : "\(missing.count) constants have") no value; give a number, a text, a name, or a set such as {a, b}:\n"
          + lines.joined(separator: "\n"))
    }
    return values
  }

  private func refusal(_ message: String, _ status: ExitStatus = .configuration) -> ExitCode {
    Console.note("error: \(message)")
    return ExitCode(status.rawValue)
  }
}
