import ArgumentParser
import TLASemantics
import TLASyntax

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
    for entry in entries {
      let padding = String(repeating: " ", count: width - entry.name.count)
      Console.write("\(entry.name)\(padding)  \(ModelTitle.read(entry.path) ?? "")")
    }
  }
}

/// What a model calls itself.
enum ModelTitle {
  /// The title in the module's first comment; nil when there is none.
  static func read(_ path: String) -> String? {
    guard let file = try? DiskProvider().read(path) else { return nil }
    return TitleReader.title(of: file)
  }
}
