import StateSpace
import Testing
import Traces

@Suite struct MalformedTraceTests {
  func error(_ text: String) -> String { error(Array(text.utf8)) }

  func error(_ bytes: [UInt8]) -> String {
    do {
      _ = try TraceReader.read(bytes, file: "t.json")
      return "(no error)"
    } catch let error as TraceReadingError {
      return error.description
    } catch {
      return "(another error: \(error))"
    }
  }

  /// The error for a trace of one state whose variable x has this JSON.
  func errorOfValue(_ json: String) -> String { error(#"{"vars": ["x"], "states": [{"x": \#(json)}]}"#) }

  @Test func notATrace() {
    #expect(
      error("")
        == "t.json: the file is empty (read are the JSON of TLC's -dumpTrace; ITF JSON; Markdown, a table of the steps; "
        + "text for a terminal, as check prints it; what TLC prints; traces of the Toolbox and TTrace modules)"
    )
    #expect(error("---- MODULE m ----").contains("a TLA+ module"))
    #expect(error("x\n  State 1: <Initial predicate>\nx = {").contains("t.json:3:"))
    #expect(error("# Trace of m").contains("Markdown"))
    #expect(error("hello").contains("(read are the JSON of"))
    #expect(error("[]").contains("the trace has no states"))
    #expect(error("{}").contains("no \"states\""))
  }

  @Test func placesInTheText() {
    #expect(
      error("{\"vars\": [\"x\"],\n \"états\": [{\"x\": oops}]}")
        == "t.json:2:18: not JSON: a value is expected here")
    #expect(error("{\"vars\": [\"x\"],\n").hasPrefix("t.json:2:1: the file ends"))
    #expect(error("[1 2]").hasPrefix("t.json:1:4: not JSON: a comma or a closing bracket"))
    #expect(error("{\"a\" 2}").contains("a colon is expected here"))
    #expect(error("{\"a\": 1 2}").contains("a comma or a closing brace"))
    #expect(error("{a: 1}").contains("a name in double quotes"))
    #expect(
      error("{\"a\": 1, \"a\": 1}") == "t.json:1:10: not JSON: the name \"a\" stands in this object twice")
    #expect(error("[tru]").hasPrefix("t.json:1:2: not JSON: a value"))
    #expect(error("[tru").contains("ends in the middle"))
    for number in ["-", "01", "1.", "1e", "--1", ".5", "+1", "0x1"] {
      #expect(errorOfValue(number).contains("not JSON"), "\(number)")
    }
    for string in ["\\x", "\\u12", "\\ud800", "\\ud800\\u0041", "\\udc00", "\u{1}", "\n"] {
      #expect(errorOfValue("\"\(string)\"").contains("not JSON"), "\(string)")
    }
    #expect(error("{\"vars\": [\"x\"], \"states\": [{\"x\": NaN}]}").contains("not JSON"))
    #expect(error("{\"vars\": [\"x\"], \"states\": [{\"x\": 1}]} x").contains("not JSON"))
  }

  @Test func everyTruncationIsAnErrorThatSaysSo() throws {
    let whole = ITFWriter.text(
      Trace(variables: Registry.variables, steps: [TraceStep(label: nil, values: Registry.registered)]))
    _ = try TraceReader.read(whole, file: "t.json")
    let bytes = Array(whole.utf8).dropLast()
    for length in 1..<bytes.count {
      let message = error(Array(bytes.prefix(length)))
      #expect(message.hasPrefix("t.json:") && message.contains("ends in the middle"), "\(length): \(message)")
    }
  }

  @Test func wrongTypesNameTheirPlace() {
    #expect(error(#"{"vars": 3, "states": [{}]}"#).contains("vars: an array with the names"))
    #expect(error(#"{"vars": [3], "states": [{}]}"#).contains("vars[0]: "))
    #expect(
      error(#"{"vars": ["x", "x"], "states": [{}]}"#).contains("vars[1]: x stands here for the second time"))
    #expect(
      error(#"{"vars": ["x"], "states": {}}"#).contains("states: an array is expected here, not an object"))
    #expect(error(#"{"vars": ["x"], "states": []}"#).contains("states: the trace has no states"))
    #expect(error(#"{"vars": ["x"], "states": [1]}"#).contains("states[0]: an object is expected"))
    #expect(
      error(#"{"vars": ["x"], "states": [{"y": 1}]}"#).contains("states[0]: the state has no value for x"))
    #expect(
      error(#"{"vars": ["x"], "loop": 1, "states": [{"x": 1}]}"#).contains("loop: the index of a state"))
    #expect(error(#"{"vars": ["x"], "loop": -1, "states": [{"x": 1}]}"#).contains("loop: "))
    #expect(
      error(##"{"vars": ["x"], "states": [{"x": 1, "#meta": {"action": "A", "arguments": [null]}}]}"##)
        .contains(##"states[0]["#meta"].arguments[0]: null is no value"##))
  }

  @Test func valuesThatAreNone() {
    #expect(errorOfValue("null").contains("states[0].x: null is no value of TLA+"))
    #expect(errorOfValue("1.5").contains("no integer"))
    #expect(errorOfValue("1e400") != "(no error)")
    #expect(errorOfValue("123456789012345678901234567890").contains("no integer"))
    #expect(errorOfValue(##"{"#bigint": "1x"}"##).contains(##"x["#bigint"]: "1x" is no integer"##))
    #expect(errorOfValue(##"{"#bigint": "+1"}"##).contains("is no integer"))
    #expect(errorOfValue(##"{"#bigint": ""}"##).contains("is no integer"))
    #expect(errorOfValue(##"{"#bigint": 1}"##).contains("a string is expected here, not a number"))
    #expect(errorOfValue(##"{"#set": 1}"##).contains("an array is expected here, not a number"))
    #expect(errorOfValue(##"{"#set": [], "a": 1}"##).contains("#set must be the only member"))
    #expect(errorOfValue(##"{"#odd": []}"##).contains("#odd is no tag"))
    #expect(errorOfValue(##"{"#map": [[1]]}"##).contains(##"x["#map"][0]: a pair"##))
    #expect(errorOfValue(##"{"#map": [[1, 2], [1, 3]]}"##).contains("two different values"))
    #expect(
      errorOfValue(##"[{"a": [1, {"#set": [null]}]}]"##).contains(##"states[0].x[0].a[1]["#set"][0]: null"##))
  }

  @Test func escapesAreRead() throws {
    let text = #"{"vars": ["x"], "states": [{"x": "\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00"}]}"#
    let trace = try TraceReader.read(text, file: "t.json")
    #expect(trace.steps[0].values == [.string("\"\\/\u{8}\u{C}\n\r\té😀")])
  }

  @Test func hugeNumbersAndNesting() {
    let digits = String(repeating: "9", count: 200_000)
    #expect(errorOfValue("{\"#bigint\": \"\(digits)\"}").contains("more than 10000 digits"))
    #expect(errorOfValue(digits) != "(no error)")
    let depth = 100_000
    let nested = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    #expect(errorOfValue(nested).contains("nested more than 200 deep"))
    #expect(error(String(repeating: "{\"a\":", count: depth)).contains("nested more than 200 deep"))
    let allowed = String(repeating: "[", count: 190) + String(repeating: "]", count: 190)
    #expect(errorOfValue(allowed) == "(no error)")
    // Brackets inside strings do not count as nesting.
    #expect(errorOfValue("\"\\\"" + String(repeating: "[", count: 500) + "\"") == "(no error)")
  }

  @Test func numbersOfStatesBeyondAllReason() throws {
    let text =
      "State 1: <Initial predicate>\nx = 1\n\nState 9223372036854775807: <A>\nx = 2\n\nState 3: Stuttering\n"
    for trace in [
      try? TraceReader.read(text, file: "t.out"),
      try TraceReader.read(
        ##"{"vars":["x"],"states":[{"x":1},{"x":2,"#meta":{"omitted":9223372036854775807}}],"loop":1}"##,
        file: "t.json"),
    ].compactMap({ $0 }) {
      #expect(TraceFormat.written.allSatisfy { !$0.write(trace).isEmpty })
    }
  }

  @Test func bytesThatAreNoText() {
    #expect(error([0x7B, 0x0A, 0xFF, 0x7D]) == "t.json:2: the file is not UTF-8 text (save it as UTF-8)")
    #expect(error([0xFF, 0xFE, 0x7B, 0x00]) != "(no error)")
    #expect(error([0x00]) != "(no error)")
    #expect(
      error([0xEF, 0xBB, 0xBF] + Array(#"{"vars": ["x"], "states": [{"x": 1}]}"#.utf8)) == "(no error)")
  }

  @Test func messagesHoldNoControlCharacters() {
    let message = errorOfValue("{\"#\\u001b[31m\": 1}")
    #expect(message.contains("#\\u{1B}[31m is no tag"))
    #expect(!message.unicodeScalars.contains("\u{1B}"))
  }
}
