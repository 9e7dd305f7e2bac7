import ArgumentParser
import TerminalUI

/// Writes a whole file. On failure it prints the reason and ends the program.
func save(_ text: String, to path: String) throws {
  do {
    try FileStore.save(
      text, to: path, onWait: { Console.note("note: \(path) is a pipe; waiting for its reader") })
  } catch {
    Console.note("error: \(path) cannot be written: \(error.reason)")
    throw ExitCode(ExitStatus.other.rawValue)
  }
}
