import ArgumentParser
import TerminalUI
import Traces

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

/// Writes a trace in that format. A note says if the file is too large to be opened again.
func save(_ text: String, as format: TraceFormat, to path: String) throws {
  try save(text, to: path)
  let saved = SavedTrace(path: path, format: format, size: text.utf8.count)
  if saved.isTooLargeToOpen { Console.note("note: \(saved.message)") }
}
