import ArgumentParser
import StateSpace
import TLASemantics
import TLASyntax
import TerminalUI
import Traces

/// How to load a model: the options of every command that takes a model.
struct ModelOptions: ParsableArguments, Sendable {
  @Option(name: .customLong("config"), help: "The configuration, when it is not the one beside the module.")
  var configuration: String?

  @Option(
    name: .customLong("constant"), parsing: .singleValue,
    help: ArgumentHelp(
      "Overrides a constant of the configuration: MaxValues=6, 'Nodes={n1,n2,n3}'.",
      valueName: "NAME=VALUE"))
  var constants: [String] = []

  @Option(
    name: .customLong("library"), parsing: .singleValue,
    help: "A folder in which extended modules are looked for.")
  var libraries: [String] = []

  @Flag(name: .customLong("tlc-integers"), help: "Stops at integers outside 32 bits, as TLC does.")
  var tlcIntegers = false

  /// A first configuration for a model that has none; nil if it has one, or if something else is wrong with it.
  func proposal(for model: String) -> ConfigurationProposal? {
    guard constants.isEmpty else { return nil }
    var options = SpecificationLoader.Options()
    options.configuration = configuration
    options.libraries = libraries
    return SpecificationLoader(provider: DiskProvider()).proposal(
      for: BundledModels().path(of: model), options: options)
  }

  /// Loads a model. Throws `Diagnostics`.
  func load(_ model: String) throws -> Specification {
    var options = SpecificationLoader.Options()
    options.configuration = configuration
    options.libraries = libraries
    options.tlcIntegers = tlcIntegers
    var wrong: [Diagnostic] = []
    for text in constants {
      let parsed = ConfigurationReader.readAssignment(text)
      wrong += parsed.diagnostics
      if let assignment = parsed.tree { options.constants.append(assignment) }
    }
    if wrong.contains(where: { $0.severity == .error }) { throw Diagnostics(wrong) }
    let models = BundledModels()
    if let name = models.suggestion(for: model) {
      throw Diagnostics([
        Diagnostic(
          .error, .specification, .module, "there is no module \(models.path(of: model))",
          hint: "did you mean \(name)?")
      ])
    }
    return try SpecificationLoader(provider: DiskProvider()).load(models.path(of: model), options: options)
  }

  /// Loads a model and shows its diagnostics. Ends the program if the model cannot be used.
  func loadOrExit(_ model: String) throws -> Specification {
    do {
      let specification = try load(model)
      Console.report(specification.warnings)
      return specification
    } catch let error as Diagnostics {
      Console.report(error.all)
      throw ExitCode(ExitStatus(of: error.all).rawValue)
    }
  }

  /// Loads a model for stepping; otherwise as `loadOrExit`.
  func exploreOrExit(_ model: String) throws -> Explorer {
    let specification = try loadOrExit(model)
    do {
      let explorer = try Explorer(
        specification, stackBytes: LargeStack.forEvaluation, host: ModelHost(of: specification))
      explorer.onOutput(Console.note)
      return explorer
    } catch let error as Diagnostics {
      Console.report(error.all)
      throw ExitCode(ExitStatus(of: error.all).rawValue)
    } catch let failure as EvaluationFailure {
      Console.note(Console.describe(failure))
      throw ExitCode(ExitStatus.evaluation.rawValue)
    }
  }
}
