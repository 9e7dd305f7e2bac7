import StateSpace
import Testing
import Traces

/// Printed traces from which states were cut out.
@Suite struct OmittedStatesTests {
  /// TLC's trace of part 5, without the text before it.
  private func states() throws -> Substring {
    let text = try Fixtures.text("tlc/part5.out")
    return text.firstRange(of: "State 1:").map { text[$0.lowerBound...] } ?? ""
  }

  /// The trace with these states (counted from 1) replaced by a line of three dots.
  private func text(without numbers: ClosedRange<Int>, dots: Bool = true) throws -> String {
    var output = ""
    for state in try states().split(separator: "\n\n") {
      let number = state.split(separator: " ").dropFirst().first.flatMap { Int($0.dropLast()) } ?? 0
      if state.hasPrefix("State "), numbers.contains(number) {
        if number == numbers.lowerBound, dots { output += "...\n\n" }
      } else {
        output += state + "\n\n"
      }
    }
    return output
  }

  @Test(arguments: [true, false]) func aGapIsFilled(dots: Bool) throws {
    let trace = try TraceReader.read(try text(without: 5...7, dots: dots), file: "cut.out")
    #expect(trace.steps.count == 7)
    #expect(trace.omissions == [4: .states(3)])
    let explorer = try Fixtures.explorer(of: "part5")
    let replayer = TraceReplayer(explorer: explorer)
    let report = replayer.replay(trace)
    #expect(report.outcome == .violation)
    #expect(report.step == 9)
    #expect(report.states.count == 10)
    #expect(report.notes == ["3 states are left out before state 7: found by a search"])
    let whole = replayer.trace(of: report, replaying: trace)
    #expect(replayer.replay(whole).step == 9)
  }

  @Test func aGapOfUnknownLength() throws {
    let text = try text(without: 5...7).replacing("State 8:", with: "State 5:")
      .replacing("State 9:", with: "State 6:").replacing("State 10:", with: "State 7:")
    let trace = try TraceReader.read(text, file: "cut.out")
    #expect(trace.omissions == [4: .unknown])
    let report = TraceReplayer(explorer: try Fixtures.explorer(of: "part5")).replay(trace)
    #expect(report.step == 9)
    #expect(report.notes == ["3 states are left out before state 7: found by a search"])
  }

  @Test func dotsWhereNothingIsMissing() throws {
    let text = try Fixtures.text("tlc/part5.out").replacing("State 6:", with: "…\nState 6:")
    let report = TraceReplayer(explorer: try Fixtures.explorer(of: "part5"))
      .replay(try TraceReader.read(text, file: "dots.out"))
    #expect(report.step == 9)
    #expect(report.notes.isEmpty)
  }

  @Test func aTraceThatBeginsInTheMiddle() throws {
    let trace = try TraceReader.read(try text(without: 1...3), file: "end.out")
    #expect(trace.omissions == [0: .states(3)])
    let report = TraceReplayer(explorer: try Fixtures.explorer(of: "part5")).replay(trace)
    #expect(report.outcome == .violation)
    #expect(report.step == 9)
  }

  @Test func aLoopMovesAlong() throws {
    let text = try Fixtures.text("tlc/relay-lasso.out")
      .replacing("Back to state 1:", with: "Back to state 4:")
    var trace = try TraceReader.read(text, file: "t")
    #expect(trace.loop == 3)
    trace.steps.remove(at: 1)
    trace.omissions = [1: .states(1)]
    trace.loop = 2
    let report = TraceReplayer(explorer: try Fixtures.relay()).replay(trace)
    #expect(report.loop == 3)
    #expect(
      report.message.hasPrefix(
        "the loop does not close: Take does not lead from the last state back to state 3"))
  }

  @Test func aGapThatCannotBeBridged() throws {
    var trace = try Fixtures.trace("tlc/part5.out")
    trace.steps.removeSubrange(2...5)
    trace.omissions = [2: .states(1)]
    let report = TraceReplayer(explorer: try Fixtures.explorer(of: "part5")).replay(trace)
    #expect(report.outcome == .illegal)
    #expect(report.step == 3)
    let toy = TraceReplayer(model: ToyModel(limit: 3))
    var unreachable = ToyModel.trace([(0, 0, set(), nil), (9, 9, set(), nil)])
    unreachable.omissions = [1: .unknown]
    let refused = toy.replay(unreachable)
    #expect(refused.outcome == .illegal)
    #expect(refused.message.hasPrefix("states are left out here, and no way to the next one was found among"))
  }

  @Test func gapsAreShownAndSaved() throws {
    let trace = try TraceReader.read(try text(without: 5...7), file: "cut.out")
    #expect(TraceTextWriter.text(trace).contains("\n   … (3 states are left out)\n"))
    #expect(MarkdownWriter.text(trace).contains("| … | 3 states are left out |"))
    #expect(MermaidWriter.text(trace).contains("… 3 states are left out"))
    #expect(try TraceReader.read(ITFWriter.text(trace), file: "t") == trace)
    let printed = try TraceReader.read(TLCTextWriter.text(trace), file: "t")
    #expect(printed.omissions == trace.omissions)
    var unknown = trace
    unknown.omissions = [4: .unknown]
    #expect(try TraceReader.read(ITFWriter.text(unknown), file: "t") == unknown)
  }
}
