import ArgumentParser

/// Prints the manual page, for the installation.
struct ManualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual", abstract: "Prints the manual page in roff.", shouldDisplay: false)

  func run() throws {
    try Console.write(
      ManualPage(help: Synscope._dumpHelp(), version: Synscope.configuration.version).text)
  }
}
