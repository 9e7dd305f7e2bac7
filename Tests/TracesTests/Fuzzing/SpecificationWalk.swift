import StateSpace
import TLASemantics
import TLASyntax
import Traces

/// Takes a module and its configuration through the stages of the workbench and of `check`, with bounds: a few states by hand, a few dozen
/// by the search.
struct SpecificationWalk {
  let module: String
  let configuration: String
  /// The modules that the module may extend, by file name.
  var others: [String: String] = [:]

  private static let steppedStates = 5
  private static let searchedStates = 60

  /// The name of the module. Its file must have the same name.
  private var name: String {
    Parser.parseModule(SourceFile(name: "M.tla", text: module)).tree?.name.text ?? "M"
  }

  /// The stage that a pair of texts reached.
  enum Reach: Int, Comparable {
    case refused, loaded, stepped, checked

    static func < (left: Reach, right: Reach) -> Bool { left.rawValue < right.rawValue }
  }

  /// The broken promises.
  func broken() -> [String] {
    var reach = Reach.refused
    return broken(&reach)
  }

  func broken(_ reach: inout Reach) -> [String] {
    do {
      let name = self.name
      let texts = [name + ".tla": module, name + ".cfg": configuration]
      let provider = TextProvider(files: others.merging(texts) { $1 })
      let specification = try SpecificationLoader(provider: provider).load(name + ".tla")
      reach = .loaded
      let explorer = try Explorer(specification)
      let broken = try step(explorer)
      reach = .stepped
      return try broken + check(specification, explorer, &reach)
    } catch let error as Diagnostics {
      for diagnostic in error.all.prefix(20) { _ = DiagnosticRenderer.render(diagnostic) }
      return error.all.isEmpty ? ["refused without a reason"] : []
    } catch is EvaluationFailure {
      return []
    } catch {
      return ["another error: \(error)"]
    }
  }

  private func step(_ explorer: Explorer) throws -> [String] {
    var pending = Array(try explorer.initialStates().prefix(Self.steppedStates))
    var visited = 0
    while visited < min(pending.count, Self.steppedStates) {
      let state = pending[visited]
      visited += 1
      for index in explorer.invariants.indices { _ = explorer.status(ofInvariant: index, in: state) }
      for status in explorer.actions(in: state) {
        _ = explorer.conjuncts(of: status.label, in: state)
        pending += status.successors.prefix(2)
      }
      let values = explorer.values(of: state)
      guard try explorer.state(of: values) == state else {
        return ["a state is another after its values were taken in"]
      }
      for name in explorer.variables {
        _ = try? explorer.evaluate("<<\(name), \(name)' = \(name)>>", in: state, next: state)
      }
    }
    return []
  }

  private func check(
    _ specification: Specification, _ explorer: Explorer, _ reach: inout Reach
  ) throws -> [String] {
    var options = CheckOptions()
    options.maxStates = Self.searchedStates
    options.memoryLimit = 1 << 30
    let result = try Checker(specification, options: options).run(
      progress: { _ in true }, onViolation: { _ in })
    reach = .checked
    guard case .violation(let violation) = result.outcome, !violation.trace.isEmpty else { return [] }
    let trace = Trace(variables: explorer.variables, steps: violation.trace)
    let report = TraceReplayer(explorer: explorer).replay(trace)
    // The failure may be in another action, after the one that made the step.
    if report.outcome == .illegal, !report.message.contains("could not be evaluated") {
      return ["the counterexample is no behavior: \(report.message)"]
    }
    if violation.kind == .invariant, report.outcome != .violation {
      return ["the counterexample violates nothing: \(report.message)"]
    }
    return FuzzTarget.rewritten(trace)
  }
}
