import BigInt
import StateSpace
import Testing
import Traces

/// TLC's output, line by line.
@Suite struct TLCTextTests {
  private func read(_ text: String) throws -> Trace { try TraceReader.read(text, file: "t.out") }

  private func value(_ text: String) throws -> PlainValue {
    try read("State 1: <Initial predicate>\nx = \(text)\n").steps[0].values[0]
  }

  private func error(_ text: String) -> String {
    do {
      _ = try read(text)
      return "(no error)"
    } catch {
      return "\(error)"
    }
  }

  private func errorOfValue(_ text: String) -> String {
    error("State 1: <Initial predicate>\n/\\ y = 1\n/\\ x = \(text)\n")
  }

  @Test func values() throws {
    #expect(try value("-3") == int(-3))
    #expect(try value("TRUE") == .boolean(true))
    #expect(try value("\"a \\\"b\\\" \\\\ \\n\"") == text("a \"b\" \\ \n"))
    #expect(try value(#""\u{202E} \\u{202E} \u{41} \u{202E""#) == text("\u{202E} \\u{202E} \\u{41} \\u{202E"))
    #expect(try value("n1") == n1)
    #expect(try value("{}") == set())
    #expect(try value("{{n1}, {}, <<1, \"a\">>}") == set(set(n1), set(), tuple(int(1), text("a"))))
    #expect(try value("{1, 1, 2}") == set(int(1), int(2)))
    #expect(try value("2..4") == set(int(2), int(3), int(4)))
    #expect(try value("3..2") == set())
    #expect(try value("1..1000000000") == .symbolicSet("1..1000000000"))
    #expect(try value("(n1 :> 1 @@ n2 :> 2)") == each(int(1), int(2)))
    #expect(try value("(1 :> 5 @@ 2 :> 6)") == tuple(int(5), int(6)))
    #expect(try value("(\"a\" :> 5)") == record(("a", int(5))))
    #expect(try value("[a |-> 1, b |-> <<>>]") == record(("a", int(1)), ("b", tuple())))
    #expect(try value("Nat") == .symbolicSet("Nat"))
    #expect(try value("SUBSET {1, 2}") == .symbolicSet("SUBSET {1, 2}"))
    #expect(try value("[{n1} -> {1}]") == .symbolicSet("[{n1} -> {1}]"))
    #expect(try value("Seq({1})") == .symbolicSet("Seq({1})"))
    #expect(try value("123456789012345678901234567890") == .integer(.init("123456789012345678901234567890")))
  }

  @Test func aLargeFunctionAndALongTrace() throws {
    let chain = (0..<900).map { "\($0) :> {\($0)}" }.joined(separator: " @@ ")
    guard case .function(let pairs) = try value("(\(chain))") else {
      Issue.record("a function is expected")
      return
    }
    #expect(pairs.count == 900)
    let states = (1...2_000).map {
      "State \($0): <Tick line 1, col 2 to line 3, col 4 of module M>\nx = \($0)\n"
    }
    let trace = try read(states.joined(separator: "\n"))
    #expect(trace.steps.count == 2_000)
    #expect(trace.steps[1_999].label == ActionLabel(name: "Tick"))
  }

  @Test func namesOfActions() throws {
    func label(_ title: String) throws -> ActionLabel? {
      try read("State 1: <Initial predicate>\nx = 1\n\nState 2: <\(title)>\nx = 2\n").steps[1].label
    }
    let place = "line 78, col 5 to line 85, col 19 of module syn"
    #expect(try label("Gossip(n2,n1) \(place)") == ActionLabel(name: "Gossip", arguments: [n2, n1]))
    #expect(try label("Gossip(<<1, 2>>, {n1}) \(place)")?.arguments == [tuple(int(1), int(2)), set(n1)])
    #expect(try label("Say(\"of module x line 1\") \(place)")?.arguments == [text("of module x line 1")])
    #expect(try label("Inner!Do(n1) \(place)")?.name == "Inner!Do")
    #expect(try label("Do \(place)") == ActionLabel(name: "Do"))
    #expect(try label("Do") == ActionLabel(name: "Do"))
    #expect(try label("Odd(1 +) \(place)") == ActionLabel(name: "Odd"))
    // TLC's names for a step of an unnamed action. The replay finds out which action it was.
    for nameless in ["Next \(place)", "Action \(place)", "Action", ""] { #expect(try label(nameless) == nil) }
  }

  @Test func otherWaysToWriteIt() throws {
    let windows =
      "STATE 1: <Initial predicate>\r\n/\\ x = 1\r\n/\\ y = 2\r\n\r\nSTATE 2: <A>\r\n/\\ x = 2\r\n/\\ y = 2\r\n"
    #expect(try read(windows).steps.map(\.values) == [[int(1), int(2)], [int(2), int(2)]])
    let indented = "  State 1: <Initial predicate>\n  /\\ x = 1\n  /\\ y = <<\n    2>>\n"
    #expect(try read(indented).steps[0].values == [int(1), tuple(int(2))])
    #expect(try read("State 1:\nx = 1 /\\ y = 2").variables == ["x", "y"])
    let two = "State 1: <Initial predicate>\nx = 1\n\nState 1: <Initial predicate>\nx = 2\n"
    #expect(try read(two).metadata.notes == ["the file holds 2 traces; this is the first"])
    #expect(try read(two).steps.count == 1)
    #expect(
      try read("Error: Deadlock reached.\nState 1: <Initial predicate>\nx = 1\n").metadata.source
        == "deadlock")
    #expect(try read("State 1: <A>\nx = 1\n\nBack to state 1.\n").loop == 0)
    #expect(
      try read("State 1: <A>\nx = 1\n\nState 2: <A>\nx = 2\n\nState 3: <A>\nx = 1\n\nBack to state: <A>").loop
        == 0)
  }

  @Test func malformedText() {
    #expect(
      error("TLC2 Version 2.19\nModel checking completed. No error has been found.\n")
        == "t.out: TLC printed no trace here (it found no error; a trace belongs to an error)")
    #expect(error("TLC2 Version 2.19\n").hasPrefix("t.out: TLC printed no trace here (read are"))
    #expect(
      error("State 1: <Initial predicate>\n").hasPrefix("t.out:1: no values follow this line (/\\ x"))
    #expect(
      error("State 1: <A>\nx = 1\n\nState 3: <A>\nx = 1\n\nState 2: <A>\nx = 1\n")
        == "t.out:7: state 2 comes after state 3 (paste the states in their order)")
    #expect(
      error("State 1: <A>\nx = 1\n\nState 2: <A>\n/\\ x = 1\n/\\ z = 1").hasPrefix(
        "t.out:6: z is no variable"))
    #expect(
      error("State 1: <A>\n/\\ x = 1\n/\\ x = 2").hasPrefix("t.out:3: x stands in this state for the second"))
    #expect(
      error("State 1: <A>\n/\\ x > 1\n/\\ y = 2").hasPrefix(
        "t.out:2:4: a variable with its value is expected"))
    #expect(
      error("State 1: <A>\nx = 1\n\nBack to state 7\n") == "t.out:4: the trace has no state 7 to go back to")
    #expect(errorOfValue("a + b").hasPrefix("t.out:3:8: a + b is no value that TLC prints"))
    #expect(errorOfValue("{1, f(2)}").hasPrefix("t.out:3:12: f(2) is no value"))
    #expect(errorOfValue("{1, [a |-> 1, a |-> 2]}").contains("the field a stands here for the second time"))
    #expect(errorOfValue("(1 @@ n1 :> 2)").contains("a function is expected beside @@"))
    for broken in ["{1", "<<1, 2", "\"a", "[a |->", "(n1 :> ", "", "1 2", "}", "\u{1B}[2J", "{,}"] {
      let message = errorOfValue(broken)
      #expect(message.hasPrefix("t.out:"), "\(broken): \(message)")
      #expect(!message.unicodeScalars.contains("\u{1B}"))
    }
    let deep = String(repeating: "{", count: 50_000) + String(repeating: "}", count: 50_000)
    #expect(errorOfValue(deep).hasPrefix("t.out:"))
    let nested = String(repeating: "{", count: 300) + String(repeating: "}", count: 300)
    #expect(errorOfValue(nested).contains("nested more than 200 deep"))
    #expect(errorOfValue(String(repeating: "9", count: 20_000)).contains("more than 10000 digits"))
  }

  @Test(arguments: ["part4.out", "part4-tool.out"])
  func everyTruncationIsReadOrRefused(_ name: String) throws {
    let bytes = Array(try Fixtures.text("tlc/" + name).utf8)
    for length in stride(from: 1, to: bytes.count, by: 7) {
      do {
        _ = try TraceReader.read(Array(bytes.prefix(length)), file: "t.out")
      } catch {
        #expect("\(error)".hasPrefix("t.out:"))
      }
    }
  }
}
