import ArgumentParser
import Foundation

struct ModelsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "models", abstract: "Lists the bundled models with what they show.")

  func run() throws {
    let models = BundledModels()
    let entries = models.entries
    guard !entries.isEmpty else {
      Console.note("error: the bundled models are not found; set SYNSCOPE_MODELS to their folder")
      throw ExitCode(ExitStatus.other.rawValue)
    }
    let width = entries.map(\.name.count).max() ?? 0
    let titleWidth = entries.map(\.title.count).max() ?? 0
    for entry in entries {
      let name = entry.name.padding(toLength: width, withPad: " ", startingAt: 0)
      let title = entry.title.padding(toLength: titleWidth, withPad: " ", startingAt: 0)
      try Console.write("\(name)  \(title)  \(entry.expectation)")
    }
  }
}
