import ArgumentParser

/// Prints the manual page of the program whose root command is `Root`, for the installation.
struct ManualCommand<Root: ParsableCommand>: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "manual", abstract: "Prints the manual page in roff.", shouldDisplay: false)
  }

  func run() throws {
    try Console.write(ManualPage(help: Root._dumpHelp(), version: Root.configuration.version).text)
  }
}
