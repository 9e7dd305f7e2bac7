import Foundation
import StateSpace
import TLASemantics
import TLASyntax
import Testing
import Traces

/// Files beside the tests.
enum Fixtures {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Fixtures")

  static func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: folder.appendingPathComponent(name)), as: UTF8.self)
  }

  static func trace(_ name: String) throws -> Trace { try TraceReader.read(try text(name), file: name) }

  /// The ring of stations that pass a token on.
  static func relay() throws -> Explorer {
    try Explorer(
      try SpecificationLoader(provider: DiskModules()).load(
        folder.appendingPathComponent("tlc/Relay.tla").path))
  }

  static func explorer(of name: String) throws -> Explorer {
    name.hasPrefix("part")
      ? try BundledModels.explorer("syn/" + name.prefix { $0 != "-" && $0 != "." }) : try relay()
  }
}

/// Traces that TLC wrote, replayed on their models.
@Suite struct TLCFixtureTests {
  @Test(arguments: [
    "part3a.out", "part3a-tool.out", "part3a-unwrapped.json", "part4.out", "part4-tool.out",
    "part4-states.json", "part5.out", "part5-tool.out", "part5-difftrace.out", "part5-wrapped.json",
    "part4-current-tool.out", "part5-current.out",
  ])
  func aCounterexampleOfTLCIsOneOfOurs(_ name: String) throws {
    let trace = try Fixtures.trace("tlc/" + name)
    let explorer = try Fixtures.explorer(of: name)
    let replayer = TraceReplayer(explorer: explorer)
    let report = replayer.replay(trace)
    #expect(report.outcome == .violation)
    #expect(report.step == trace.steps.count - 1)
    #expect(report.violated == "AllRegistered")
    #expect(report.notes.isEmpty, "\(report.notes)")
    // Every action has its name and its node.
    #expect(report.labels.dropFirst().allSatisfy { $0?.arguments.count == 1 })
    // The trace after the replay is complete: it can be written and read again unchanged, and replayed.
    let whole = replayer.trace(of: report, replaying: trace)
    #expect(try TraceReader.read(ITFWriter.text(whole), file: "whole") == whole)
    #expect(replayer.replay(whole).step == report.step)
  }

  @Test(arguments: ["part3a", "part4", "part5"])
  func allFormsTellTheSameTrace(_ model: String) throws {
    let plain = try Fixtures.trace("tlc/\(model).out")
    let tool = try Fixtures.trace("tlc/\(model)-tool.out")
    #expect(plain == tool)
    #expect(plain.metadata.model == model)
    #expect(plain.metadata.source == "counterexample to AllRegistered")
    // A trace that Synscope writes in TLC's format can be read again. An action's name without a place is still a name.
    let again = try TraceReader.read(TLCTextWriter.text(plain), file: "again")
    #expect(again.steps == plain.steps)
  }

  @Test("TLC's current output names the arguments of the actions")
  func argumentsInPrint() throws {
    let trace = try Fixtures.trace("tlc/part5-current.out")
    #expect(trace.steps[1].label?.description == "Register(n1)")
    #expect(trace.steps.map(\.values) == (try Fixtures.trace("tlc/part5.out")).steps.map(\.values))
    let tool = try Fixtures.trace("tlc/part4-current-tool.out")
    #expect(tool.steps.map(\.values) == (try Fixtures.trace("tlc/part4.out")).steps.map(\.values))
  }

  @Test func whatTLCLeavesOutAsUnchangedIsCarriedOver() throws {
    let difference = try Fixtures.trace("tlc/part5-difftrace.out")
    #expect(difference.steps == (try Fixtures.trace("tlc/part5.out")).steps)
    #expect(difference.metadata.notes == ["values that TLC left out as unchanged were carried over"])
  }

  @Test func theStepsOfThePhantom() throws {
    let trace = try Fixtures.trace("tlc/part5.out")
    #expect(
      trace.steps.map { $0.label?.description } == [
        nil, "Register", "Disconnect", "Unregister", "Reconnect", "Discover", "SyncRegister", "Discover",
        "AckSync", "AckSync",
      ])
    #expect(trace.variables == ["next_val", "locally_registered", "inbox", "registered", "visible_nodes"])
    #expect(
      trace.steps[4].values[2]
        == each(
          tuple(Registry.discover(from: n2)),
          tuple(Registry.message("sync_register", name: 0), Registry.discover(from: n1))))
    let json = try Fixtures.trace("tlc/part5-wrapped.json")
    #expect(json.isUntyped)
    #expect(json.steps[1].label == ActionLabel(name: "Register", arguments: [text("n1")]))
    #expect(json.metadata.model == "part5")
  }

  @Test(arguments: ["relay-lasso.out", "relay-lasso-tool.out", "relay-lasso.json"])
  func aLasso(_ name: String) throws {
    let trace = try Fixtures.trace("tlc/" + name)
    #expect(trace.steps.count == 12)
    #expect(trace.loop == 0)
    let report = TraceReplayer(explorer: try Fixtures.relay()).replay(trace)
    #expect(report.outcome == .valid, "\(report.message)")
    #expect(report.notes.isEmpty)
    #expect(report.labels[11]?.description == "Send(s2)")
  }

  @Test(arguments: ["relay-stutter.out", "relay-stutter-tool.out"])
  func stutteringForEver(_ name: String) throws {
    let trace = try Fixtures.trace("tlc/" + name)
    #expect(trace.steps.count == 2)
    #expect(trace.loop == 1)
    #expect(trace.metadata.source == "counterexample to a temporal property")
  }

  @Test(arguments: ["relay-initial.out", "relay-initial-tool.out"])
  func aViolationByTheInitialState(_ name: String) throws {
    let trace = try Fixtures.trace("tlc/" + name)
    #expect(trace.steps.count == 1)
    #expect(trace.variables == ["laps", "wire", "token"])
    #expect(trace.metadata.source == "counterexample to Never")
  }

  @Test(arguments: ["relay-apalache.itf.json", "relay-quint.itf.json"])
  func tracesOfApalacheAndQuint(_ name: String) throws {
    let report = TraceReplayer(explorer: try Fixtures.relay()).replay(try Fixtures.trace("itf/" + name))
    #expect(report.outcome == .valid, "\(report.message)")
    #expect(report.labels.map { $0?.description } == [nil, "Send(s1)", "Take(s2)"])
    #expect(report.notes.isEmpty)
  }

  @Test func onAnotherVersionTheFixIsNamed() throws {
    // Part 5 resynchronises where part 4 forgets, so a trace of part 4 stops at that step.
    let trace = try Fixtures.trace("tlc/part4.out")
    let report = TraceReplayer(explorer: try Fixtures.explorer(of: "part5")).replay(trace)
    #expect(report.outcome == .illegal)
    #expect(report.step == 3)
    let byAction = TraceReplayer(explorer: try Fixtures.explorer(of: "part5")).replay(
      trace, matching: .actions)
    #expect(byAction.outcome == .valid)
    #expect(byAction.notes.count == 1)
    #expect(
      byAction.notes[0].hasPrefix(
        "the model leaves the trace at step 3, Reconnect(n1), where it differs in inbox (the trace has [n1][1] −"
      ))
    #expect(
      report.message.hasPrefix("Reconnect leads to another state: it differs in inbox"), "\(report.message)")
  }
}
