import StateSpace
import Testing
import Traces

/// Traces as users have them: cut off, wrapped, several in a file.
@Suite struct LogSourcesTests {
  private static let states = """
    State 1: <Initial predicate>
    /\\ box = [n1 |-> <<>>, n2 |-> <<>>]
    /\\ x = 0

    State 2: <Send(n1) line 5, col 9 to line 6, col 22 of module Wire>
    /\\ box = [ n1 |-> <<>>,
      n2 |-> <<[kind |-> "up", by |-> 12]>> ]
    /\\ x = 10

    State 3: <Send(n1) line 5, col 9 to line 6, col 22 of module Wire>
    /\\ box = [n1 |-> <<>>, n2 |-> <<>>]
    /\\ x = 200


    """
  private static let log = """
    TLC2 Version 2.19 of 08 August 2024 (rev: 5a47802)
    Semantic processing of module Wire
    Error: Invariant Small is violated.
    Error: The behavior up to this point is:
    \(states)5 states generated, 4 distinct states found, 0 states left on queue.

    """

  private func whole() throws -> Trace { try TraceReader.read(Self.log, file: "t.out") }

  // MARK: Cut off

  @Test("A log may be cut off anywhere: its complete states are read", arguments: [true, false])
  func everyCut(hasHead: Bool) throws {
    let text = hasHead ? Self.log : Self.states
    let whole = try whole()
    let characters = Array(text)
    for length in 1...characters.count {
      let part = String(characters.prefix(length))
      guard let trace = try? TraceReader.read(part, file: "t.out") else { continue }
      // Without TLC's head, the last number may have been cut.
      let certain = hasHead ? trace.steps : trace.steps.dropLast()
      #expect(Array(certain) == Array(whole.steps.prefix(certain.count)), "\(length)")
      #expect(trace.steps.count <= whole.steps.count)
      let isMissed = trace.steps.count < whole.steps.count && part.contains("State \(trace.steps.count + 1):")
      #expect(
        !isMissed
          || trace.metadata.notes == [
            "the log ends in the middle of state \(trace.steps.count + 1), which is left out"
          ], "\(length)")
    }
  }

  @Test func aHeadingAloneIsNoStep() throws {
    for tail in [
      "State 4: <Send(n1) line 5, col 9 to line 6, col 22 of module Wire>",
      "State 4: <Send(n1) line 5, col 9 to line 6, col 22 of module Wire>\n", "State 4: <Se",
      "State 4: <Send>\n\n", "State 4: <Send>\nKilled\n",
      "State 4: <Send>\n/\\ box = [n1 |-> <<>>, n2 |-> <<>>]\n",
      "State 4: <Send>\n/\\ box = [n1 |-> <<>>,\n", "State 4: <Send>\n/\\ box =", "State 4: <Send>\n/\\ b",
    ] {
      let trace = try TraceReader.read(Self.states + tail, file: "t.out")
      #expect(trace.steps == (try whole()).steps, "\(tail)")
      #expect(
        trace.metadata.notes == ["the log ends in the middle of state 4, which is left out"], "\(tail)")
    }
  }

  @Test func aLogWithoutAWholeStateIsRefused() {
    for text in [
      "State 1: <Initial predicate>\n", "State 1: <Initial predicate>\n/\\ x = [a |->",
      "TLC2 Version 2.19\nState 1: <Initial predicate>\n/\\ x = 1",
    ] {
      #expect(throws: TraceReadingError.self, "\(text)") { try TraceReader.read(text, file: "t.out") }
    }
  }

  @Test func whatFollowsAStateDoesNotBelongToIt() throws {
    for tail in ["me@host:~$ ", "```", "make: *** [check] Error 12", "Killed", "^C", "> "] {
      let trace = try TraceReader.read(
        "State 1: <Init>\n/\\ x = 0\n\nState 2: <A>\n/\\ x = {1,\n  2}\n" + tail, file: "t.out")
      #expect(trace.steps.last?.values == [set(int(1), int(2))], "\(tail)")
      #expect(trace.metadata.notes == [])
    }
  }

  // MARK: Wrapped

  private func wrapped(_ wrap: (Int, Substring) -> String) -> String {
    Self.log.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map(wrap)
      .joined(separator: "\n")
  }

  @Test func prefixesOfLines() throws {
    let wrappings: [(name: String, line: (Int, Substring) -> String)] = [
      ("tlc-1  | ", { "tlc-1  | \($1)" }),
      ("proj_tlc_1 | ", { $1.isEmpty ? "proj_tlc_1 |" : "proj_tlc_1 | \($1)" }),
      ("> ", { "> \($1)" }), ("> ", { $1.isEmpty ? ">" : "> \($1)" }), ("> > ", { "> > \($1)" }),
      ("2026-11-26T13:55:28.120Z ", { "2026-11-26T13:55:\(10 + $0).\(120 + $0)Z \($1)" }),
      (
        "[2026-11-26 13:55:18] INFO ", { "[2026-11-26 13:55:\(10 + $0)] \($0 == 2 ? "ERROR" : "INFO") \($1)" }
      ),
      (
        "2026-11-26 13:55:28,120 [main] INFO  tlc - ",
        { "2026-11-26 13:55:28,\(110 + $0) [main] INFO  tlc - \($1)" }
      ),
      ("Nov 26 13:55:14 host tlc[81]: ", { "Nov 26 13:55:\(10 + $0) host tlc[81]: \($1)" }),
      (
        "check\ttlc\t2026-11-26T13:55:14.0042Z ",
        { "check\ttlc\t2026-11-26T13:55:\(10 + $0).00\(42 + $0)Z \($1)" }
      ),
      ("\\* ", { "\\* \($1)" }),
    ]
    for wrapping in wrappings {
      let document = try TraceReader.readAll(wrapped(wrapping.line), file: "t.log")
      #expect(document.traces == [try whole()], "\(wrapping.name)")
      #expect(document.removed?.hasSuffix(" before each line") == true, "\(wrapping.name)")
    }
    let document = try TraceReader.readAll(wrapped { "tlc-1  | \($1)" }, file: "t.log")
    #expect(document.removed == "`tlc-1  | ` before each line")
    #expect(try TraceReader.readAll(Self.log, file: "t.log").removed == nil)
  }

  @Test func neighboursOfAContainerAreLeftOut() throws {
    let text = wrapped { number, line in
      "tlc-1  | \(line)"
        + (number.isMultiple(of: 2) ? "\ndb-1   | ready to accept connections \(number)" : "")
    }
    #expect(try TraceReader.readAll(text, file: "t.log").traces == [try whole()])
  }

  @Test func coloursAndLineEnds() throws {
    let coloured = wrapped { "\u{1B}[1;31m\($1)\u{1B}[0m\u{1B}[K" }
    let document = try TraceReader.readAll(coloured, file: "t.log")
    #expect(document.traces == [try whole()])
    #expect(document.removed == "terminal colours")
    let windows = try TraceReader.readAll(wrapped { "tlc-1  | \u{1B}[36m\($1)\u{1B}[0m\r" }, file: "t.log")
    #expect(windows.traces == [try whole()])
    #expect(
      windows.removed
        == "terminal colours, Windows line endings, `tlc-1  | ` before each line")
    let units = Array(Self.log.utf16)
    let utf16: [UInt8] = [0xFF, 0xFE] + units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    #expect(try TraceReader.readAll(utf16, file: "t.log").traces == [try whole()])
  }

  @Test func aWrappedToolLogAndATextOfOurs() throws {
    let tool = try Fixtures.text("tlc/part4-tool.out")
    let wrapped = tool.split(separator: "\n", omittingEmptySubsequences: false)
      .map { "2026-11-26T13:55:28Z tlc: \($0)" }.joined(separator: "\n")
    #expect(try TraceReader.read(wrapped, file: "t") == (try Fixtures.trace("tlc/part4-tool.out")))
    let text = TraceFormat.text.write(try whole())
    let quoted = text.split(separator: "\n").map { "> \($0)\n" }.joined()
    #expect(try TraceReader.read(quoted, file: "t").steps == (try whole()).steps)
  }

  // MARK: Several

  @Test func aLogWithSeveralCounterexamples() throws {
    let document = try TraceReader.readAll(try Fixtures.text("tlc/counter-continue.out"), file: "c.out")
    #expect(
      document.listing == [
        "1  2 states, the last by Leap  counterexample to Small",
        "2  3 states, the last by Up    counterexample to Small",
        "3  4 states, the last by Up    counterexample to Small",
      ])
    #expect(document.traces.map { $0.metadata.model } == ["Counter", "Counter", "Counter"])
    #expect(document[2]?.steps.map(\.values) == [[int(0)], [int(1)], [int(2)]])
    #expect(document[4] == nil)
    let tool = try TraceReader.readAll(try Fixtures.text("tlc/counter-continue-tool.out"), file: "c.out")
    #expect(tool.traces == document.traces)
    #expect(
      try TraceReader.read(try Fixtures.text("tlc/counter-continue.out"), file: "c.out").metadata.notes
        == ["the file holds 3 traces; this is the first"])
  }

  // MARK: Lassos

  @Test(arguments: ["counter-lasso-tool.out"])
  func theStepThatClosesALassoKeepsItsName(_ name: String) throws {
    let trace = try Fixtures.trace("tlc/" + name)
    #expect(trace.loop == 0)
    #expect(trace.closing == ActionLabel(name: "BackTo"))
    for format in [TraceFormat.itf, .tlc, .text, .markdown] {
      let again = try TraceReader.read(format.write(trace), file: "again")
      #expect(again.loop == 0 && again.closing == trace.closing, "\(format.name)")
    }
    #expect(TraceFormat.dot.write(trace).contains("s3 -> s0 [label=\"BackTo\"]"))
    let json = try Fixtures.trace("tlc/relay-lasso.json")
    #expect(json.closing == ActionLabel(name: "Take", arguments: [text("s1")]))
    let report = TraceReplayer(explorer: try Fixtures.relay()).replay(json)
    #expect(report.closing?.description == "Take(s1)" && report.notes.isEmpty)
  }

  @Test func malformedLassosAreRefused() {
    func message(_ text: String) -> String {
      do {
        _ = try TraceReader.read(text, file: "t")
        return "(no error)"
      } catch { return "\(error)" }
    }
    let state = "State 1: <Init>\nx = 1\n\n"
    #expect(message("Back to state 1: <A>\n").hasPrefix("t:1: a lasso ends here that has no states"))
    #expect(message(state + "Back to state 3: <A>\n") == "t:4: the trace has no state 3 to go back to")
    #expect(
      message(state + "Back to state 1: <A>\n\nState 3: <A>\nx = 2\n").hasPrefix(
        "t:6: state 3 comes after the end of the lasso"))
    #expect(
      message(state + "State 2: Stuttering\n\nBack to state 1: <A>\n")
        == "t:6: the trace ends here for the second time")
    #expect(
      message(#"{"vars":["x"],"loop":3,"states":[{"x":0},{"x":1},{"x":2}]}"#).contains("loop: the index of"))
    #expect(message(#"{"vars":["x"],"loop":"1","states":[{"x":0}]}"#).contains("loop: the index of"))
    #expect(
      message(##"{"state":[[1,{"x":0}]],"action":[[[1,{"x":0}],{"name":"A"},[7,{"x":1}]]]}"##)
        .contains("the trace has no state 7 to go back to"))
    #expect(message("0  initial state\n   x = 1\n   back to state 4\n").contains("no state 4 to go back"))
  }

  // MARK: Cut-outs

  @Test func theFirstStateOfACutOutKeepsItsAction() throws {
    let trace = try TraceReader.read(
      "State 5: <Up line 5, col 7 to line 5, col 25 of module M>\nx = 4\n\nState 6: <Action>\nx = 5\n",
      file: "t")
    #expect(trace.steps.map { $0.label?.name } == ["Up", nil])
    #expect(trace.omissions == [0: .states(4)])
    let nameless = try TraceReader.read("State 5: <Next>\nx = 4\n\nState 6: <A>\nx = 5\n", file: "t")
    for format in TraceFormat.written {
      for trace in [trace, nameless] {
        let text = format.write(trace)
        #expect(!text.contains("initial state") && !text.contains("Initial predicate"), "\(format.name)")
      }
    }
    for format in [TraceFormat.text, .markdown, .itf, .tlc] {
      let again = try TraceReader.read(format.write(trace), file: "again")
      #expect(again.steps == trace.steps, "\(format.name)")
      #expect(again.omissions[0] != nil, "\(format.name)")
    }
  }
}
