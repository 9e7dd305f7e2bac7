import ArgumentParser
import StateSpace
import TLASyntax
import Traces

struct EvalCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval", abstract: "Evaluates an expression, in a state of a trace or without one.")

  @Argument(help: "The path of a .tla or .cfg file, or a bundled name.", completion: .model)
  var model: String
  @Argument(help: "The expression; put -- before one that starts with a dash.")
  var expression: String
  @OptionGroup var options: ModelOptions
  @Option(
    name: .customLong("in"),
    help: ArgumentHelp(
      "The state to evaluate in, counted from 0; primed variables are those of the next one.",
      valueName: "TRACE:N"))
  var place: String?

  func run() throws {
    let explorer = try options.exploreOrExit(model)
    do {
      let (state, next) = try states(explorer)
      try Console.write(explorer.evaluate(expression, in: state, next: next).description)
    } catch let error as Diagnostics {
      Console.report(error.all)
      throw ExitCode(ExitStatus(of: error.all).rawValue)
    } catch let failure as EvaluationFailure {
      Console.note(Console.describe(failure))
      throw ExitCode((failure.kind == .assertion ? ExitStatus.assertion : .evaluation).rawValue)
    }
  }

  private func states(_ explorer: Explorer) throws -> (State?, State?) {
    guard let place else { return (nil, nil) }
    guard let colon = place.lastIndex(of: ":"), let number = Int(place[place.index(after: colon)...]),
      number >= 0
    else {
      Console.note("error: --in takes TRACE:N, such as trace.itf.json:3, not \(place)")
      throw ExitCode(ExitStatus.usage.rawValue)
    }
    let sample = (try? explorer.initialStates().map(explorer.values)) ?? []
    let trace = try TraceFile.readOrExit(String(place[..<colon]))
      .reTyped(against: sample.flatMap { $0 } + explorer.constants.map(\.value))
    guard number < trace.steps.count else {
      Console.note("error: the trace has the states 0 to \(trace.steps.count - 1), not \(number)")
      throw ExitCode(ExitStatus.usage.rawValue)
    }
    guard trace.variables == explorer.variables else {
      Console.note(
        "error: the trace has the variables \(trace.variables.joined(separator: ", ")), and the model has "
          + explorer.variables.joined(separator: ", "))
      throw ExitCode(ExitStatus.unreadable.rawValue)
    }
    let next = number + 1 < trace.steps.count ? try explorer.state(of: trace.steps[number + 1].values) : nil
    return (try explorer.state(of: trace.steps[number].values), next)
  }
}
