import Foundation
import StateSpace
import TLASemantics
import TLASyntax
import Testing
import Traces

/// The models of the package, read from the disk.
enum BundledModels: Error {
  case missing(String)

  static func explorer(_ name: String) throws -> Explorer {
    let models = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Models")
    let path = models.appendingPathComponent(name + ".tla").path
    return try Explorer(try SpecificationLoader(provider: DiskModules()).load(path))
  }

  /// The trace of these steps from the first initial state. Throws if a step is not possible.
  static func walk(_ explorer: Explorer, _ steps: [(action: String, node: PlainValue)]) throws -> Trace {
    guard var state = try explorer.initialStates().first else { throw BundledModels.missing("initial state") }
    var trace = [TraceStep(label: nil, values: explorer.values(of: state))]
    for step in steps {
      let label = ActionLabel(name: step.action, arguments: [step.node])
      guard let next = try explorer.successors(of: state).first(where: { $0.label == label }) else {
        throw BundledModels.missing(label.description)
      }
      state = next.state
      trace.append(TraceStep(label: label, values: explorer.values(of: state)))
    }
    return Trace(variables: explorer.variables, steps: trace)
  }
}

/// The phantom of part 5, from the specification to a file and back.
@Suite struct SynReplayTests {
  static let phantom: [(action: String, node: PlainValue)] = [
    ("Register", n1), ("Disconnect", n1), ("Unregister", n1), ("Reconnect", n1), ("Discover", n1),
    ("SyncRegister", n2), ("Discover", n2), ("AckSync", n1), ("AckSync", n2),
  ]

  @Test func thePhantomIsAViolationAtItsLastStep() throws {
    let explorer = try BundledModels.explorer("syn/part5")
    let trace = try BundledModels.walk(explorer, Self.phantom)
    let report = TraceReplayer(explorer: explorer).replay(trace)
    #expect(report.outcome == .violation)
    #expect(report.step == 9)
    #expect(report.violated == "AllRegistered")
    #expect(report.labels.dropFirst().map { $0?.name } == Self.phantom.map(\.action))
    #expect(report.notes.isEmpty)
  }

  @Test func aSavedTraceIsTheSameTrace() throws {
    let explorer = try BundledModels.explorer("syn/part5")
    let trace = try BundledModels.walk(explorer, Self.phantom)
    let read = try TraceReader.read(ITFWriter.text(trace), file: "phantom.itf.json")
    #expect(read == trace)
    let another = try BundledModels.explorer("syn/part5")
    #expect(TraceReplayer(explorer: another).replay(read).step == 9)
  }

  @Test func namesAreRecovered() throws {
    let explorer = try BundledModels.explorer("syn/part5")
    var trace = try BundledModels.walk(explorer, Self.phantom)
    trace.steps = trace.steps.map { TraceStep(label: nil, values: $0.values) }
    let report = TraceReplayer(explorer: explorer).replay(trace)
    #expect(report.step == 9)
    #expect(report.labels[1]?.description == "Register(n1)")
    #expect(report.labels[9]?.name == "AckSync")
  }

  @Test func theStepsInWords() throws {
    let explorer = try BundledModels.explorer("syn/part5")
    let trace = try BundledModels.walk(explorer, Self.phantom)
    let structure = ProtocolStructure(
      variables: explorer.variables, constants: explorer.constants, states: [trace.steps[0].values])
    #expect(structure.nodes == [n1, n2])
    let words = trace.steps.indices.compactMap { trace.summary(ofStep: $0, structure: structure)?.text() }
    #expect(
      words == [
        "name 0 → n2 sync_register 0", "n1 ╳ n2", "registered −0", "n1 ── n2, +discover ×2",
        "from n2 → n2 ack_sync {}", "name 0", "from n1 → n1 ack_sync {0}", "local_data {0}", "local_data {}",
      ])
  }

  @Test func aTraceOfAnotherVersionGoesAsFarAsItCan() throws {
    // Part 4 has no resynchronisation, so the phantom's trace stops at the first discovery.
    let phantom = try BundledModels.walk(try BundledModels.explorer("syn/part5"), Self.phantom)
    let report = TraceReplayer(explorer: try BundledModels.explorer("syn/part4")).replay(
      phantom, matching: .actions)
    #expect(report.outcome == .illegal)
    #expect(report.step == 5)
    #expect(report.states.count == 5)
    #expect(
      report.message.hasPrefix(
        "the model has no action Discover(n1) here; the nearest step is Disconnect(n1), which differs in inbox "
          + "(the trace has [n2][2] +[action |-> \"discover\", from |-> n1], [n2][3] +"))
  }

  @Test func aDisabledActionIsExplained() throws {
    let explorer = try BundledModels.explorer("syn/part5")
    var trace = try BundledModels.walk(explorer, Array(Self.phantom.prefix(1)))
    trace.steps.append(
      TraceStep(label: ActionLabel(name: "Unregister", arguments: [n2]), values: trace.steps[0].values))
    let report = TraceReplayer(explorer: explorer).replay(trace)
    #expect(report.outcome == .illegal)
    #expect(report.step == 2)
    #expect(report.message.hasPrefix("Unregister(n2) is not enabled: locally_registered[n] # {}"))
    #expect(report.nearest != nil)
  }
}
