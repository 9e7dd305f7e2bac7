import ArgumentParser
import Foundation
import TLASyntax

/// The program: parses its arguments and runs a command, on a thread whose stack is large enough for deep recursion in a
/// specification.
@main
enum Main {
  static func main() {
    let isStarted = DeepStack.start(bytes: LargeStack.bytes) { _ in
      Synscope.main()
      exit(0)
    }
    // Without such a thread everything works but the deepest recursions.
    if !isStarted { Synscope.main() }
    while isStarted { pause() }
  }
}

/// The stack of the thread that everything but the checker runs on.
enum LargeStack {
  static let bytes = 512 << 20
  /// What an evaluation may use of it; the rest is for what surrounds it.
  static let forEvaluation = bytes - (16 << 20)
}

struct Synscope: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "synscope",
    abstract: "A workbench for exploring the traces of models written in TLA+.",
    discussion: """
      `synscope MODEL` opens the workbench on a model: the path of a .tla or .cfg file, or a bundled name such as syn/part5. \
      Without MODEL a start screen lists the bundled ones.

      Exit codes: 0 nothing found; 10 assumption, 11 deadlock, 12 invariant, 14 assertion; 75, 76 an evaluation failed; \
      150 the specification, 151 the configuration is wrong; 152 a limit was hit; 69 not supported; 64 wrong arguments; 255 anything else.
      """,
    version: "0.1.0",
    subcommands: [
      WorkbenchCommand.self, CheckCommand.self, ReplayCommand.self, ShowCommand.self, EvalCommand.self,
      ModelsCommand.self,
    ],
    defaultSubcommand: WorkbenchCommand.self)
}
