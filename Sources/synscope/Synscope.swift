import ArgumentParser
import Foundation
import TLASyntax

/// The program. It parses its arguments and runs a command on a thread whose stack is large enough for deep recursion in a specification.
@main
enum Main {
  static func main() {
    Console.holdStandardFiles()
    // A file that may not grow (`ulimit -f`) is then an error of the write, which can be reported.
    signal(SIGXFSZ, SIG_IGN)
    let isStarted = DeepStack.start(bytes: LargeStack.bytes) { granted in
      LargeStack.$granted.withValue(granted) { run() }
    }
    // If that thread cannot be started, only the deepest recursions fail.
    if !isStarted { LargeStack.$granted.withValue(4 << 20) { run() } }
    while true { pause() }
  }

  /// Runs the command that the arguments name, and ends the process.
  private static func run() {
    do {
      var command = try Synscope.parseAsRoot()
      try command.run()
      exit(ExitStatus.success.rawValue)
    } catch {
      exit(end(with: error))
    }
  }

  /// Prints why a command ends, if there is a reason to print. Returns the exit code.
  private static func end(with error: any Error) -> Int32 {
    let code = Synscope.exitCode(for: error)
    let message = Synscope.fullMessage(for: error)
    if message.isEmpty { return code.rawValue }
    guard code.isSuccess else {
      Console.note(message)
      return code.rawValue
    }
    // The message is the help, the version or a completion script.
    do { try Console.write(CompletionScript.offeringModels(message)) } catch {
      return Synscope.exitCode(for: error).rawValue
    }
    return code.rawValue
  }
}

struct Synscope: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "synscope",
    abstract: "A workbench for exploring the traces of models written in TLA+.",
    discussion: """
      `synscope MODEL` opens the workbench on a model: the path of a .tla or .cfg file, or a bundled name such as syn/part5. \
      Without MODEL a start screen lists the bundled ones.

      Exit codes: 0 nothing found; 10 assumption, 11 deadlock, 12 invariant, 13 property, 14 assertion; 75 to 77 an evaluation failed; \
      150 the specification, 151 the configuration is wrong; 152 a limit was hit; 69 not supported; 64 wrong arguments; 128 + n signal n; 255 anything else.
      """,
    version: "0.6.0",
    subcommands: [
      WorkbenchCommand.self, TourCommand.self, CheckCommand.self, ReplayCommand.self, ValidateCommand.self,
      ShowCommand.self,
      EvalCommand.self,
      ConfigureCommand.self, NewCommand.self, ModelsCommand.self, ExplainCommand.self,
      ManualCommand<Synscope>.self,
    ],
    defaultSubcommand: WorkbenchCommand.self)
}
