import ArgumentParser
import StateSpace

/// The limits that a search can be given on the command line.
struct LimitOptions: ParsableArguments {
  @Option(help: "Stops after this many distinct states.")
  var maxStates: Int?
  @Option(
    help: ArgumentHelp(
      "The most memory to use: 512M, 2G. The default is three quarters of the machine's.", valueName: "SIZE"))
  var memory: String?

  func validate() throws {
    try LimitOptions.requirePositive(maxStates, "--max-states")
    if let memory, Memory.bytes(memory).map({ $0 < Memory.smallestLimit }) ?? true {
      throw ValidationError("--memory takes a size such as 512M or 2G, not \(memory)")
    }
  }

  static func requirePositive(_ number: Int?, _ option: String) throws {
    if let number, number < 1 {
      throw ValidationError("\(option) takes a number from 1 on, not \(number)")
    }
  }

  /// Sets the limits of a search.
  func limit(_ options: inout CheckOptions) {
    options.maxStates = maxStates
    options.memoryLimit = memory.flatMap(Memory.bytes) ?? Memory.defaultLimit
  }
}
