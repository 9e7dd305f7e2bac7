import StateSpace
import TLASemantics
import Testing

@Suite("Files, programs and drawings of the community's modules") struct HostOperatorTests {
  private static let modules =
    "EXTENDS Integers, Sequences, TLC, SVG, CSV, IOUtils, Json, VectorClocks, DyadicRationals, Combinatorics"

  private func violation(_ assumption: String, _ host: MemoryHost = MemoryHost()) throws -> Violation? {
    var options = CheckOptions()
    options.host = host
    let result = try InMemory.check("\(Self.modules)\nASSUME \(assumption)", "", options: options)
    if case .violation(let violation) = result.outcome { return violation }
    return nil
  }

  /// The values are TLC's.
  @Test(
    "Values",
    arguments: [
      #"SVGElemToString(Group(<<Line(1, 2, 3, 4, [stroke |-> "b", x1 |-> "9"]), Text(5, 6, "a <b>", <<>>)>>, <<>>)) = "<g><line stroke='b' x1='1' y1='2' x2='3' y2='4'></line><text x='5' y='6'>a <b></text></g>""#,
      "[n \\in 0..6 |-> NodeOfRingNetwork(100, 120, 50, n, 7)][4] = [x |-> 54, y |-> 98]",
      "NodeOfRingNetwork(10, 10, 5, 3, 4) = [x |-> 9, y |-> 5]",
      "PointOnLine([x |-> 10, y |-> 20], [x |-> 3, y |-> 51], 3) = [x |-> 7, y |-> 30]",
      #"IOEnv.HOME = "/home/me" /\ "N" \in DOMAIN IOEnv /\ "M" \notin DOMAIN IOEnv /\ atoi(IOEnv.N) + 1 = 43"#,
      #"IOExec(<<"a", "b c">>) = [exitValue |-> 3, stdout |-> "a|b c", stderr |-> "no"]"#,
      #"IOExecTemplate(<<"a", "%s-%s", "%1$s", "%%">>, <<"q", "r">>).stdout = "a|q-r|q|%""#,
      #"IOExecTemplate(<<"%-3s|%3s|%.1s|%S">>, <<"q", "r", "xyz", "u">>).stdout = "q  |  r|x|U""#,
      #"Deserialize("in.txt", [format |-> "TXT", charset |-> "UTF-8"]).stdout = "hello\nyou""#,
      #"CSVRecords("in.csv") = 2 /\ CSVRecords("none") = 0"#,
      #"CSVRead(<<"A", "B">>, ";", "in.csv") = <<[A |-> "a", B |-> "b"], [A |-> "1", B |-> ""]>>"#,
      #"ToJsonObject(<<3, 1>>) = "{\"0\":3,\"1\":1}" /\ ToJsonArray({3, 1}) = "[1,3]" /\ ToJsonObject(<<>>) = "{}""#,
      #"ndJsonDeserialize("in.ndjson") = <<1, <<2>>>>"#,
      "PrettyPrint(Add(Half(One), Half(Half(One)))) = \"3/4\" /\\ choose(5, 2) = 10",
    ])
  func value(assumption: String) throws {
    let host = MemoryHost([
      "in.txt": "hello\nyou", "in.csv": "a;b\n1;\n", "in.ndjson": "1\n\n  [2] \n",
    ])
    let violation = try violation(assumption, host)
    #expect(violation == nil, "\(violation?.message ?? "")")
  }

  @Test("Lines are added to files as TLC writes them") func written() throws {
    let host = MemoryHost()
    let assumption = #"""
      /\ CSVWrite("%1$s#%2$s#%3$s#%4$s", <<"abc", 42, {"x", "y"}, [a |-> "q"]>>, "out")
      /\ CSVWrite("%s;%s", <<TRUE, <<1, "a">>>>, "out")
      /\ CSVWriteRecord([foo |-> 42, c |-> {1}], "#", TRUE, "rows")
      /\ CSVWriteRecord([foo |-> 43, c |-> {1}], "#", FALSE, "rows")
      /\ Serialize("text", "t", [format |-> "TXT", charset |-> "UTF-8", openOptions |-> <<"APPEND">>]).exitValue = 0
      /\ Serialize(<<1, {2}>>, "nd", [format |-> "NDJSON", charset |-> "UTF-8", openOptions |-> <<"CREATE">>])
      /\ SVGSerialize(SVGDoc(<<>>, 0, 0, 3, 4, [id |-> "i"]), "frame", 7).exitValue = 0
      /\ IOEnvExec([A |-> 1, B |-> "b"], <<"ls">>).exitValue = 3
      """#
    #expect(try violation(assumption, host) == nil)
    #expect(host.texts["out"] == "\"abc\"#42#{\"x\", \"y\"}#[a |-> \"q\"]\nTRUE;<<1, \"a\">>\n")
    #expect(host.texts["rows"] == "foo#c\n42#{1}\n43#{1}\n")
    #expect(host.texts["t"] == "text")
    #expect(host.texts["nd"] == "1\n[2]\n")
    #expect(host.texts["frame7.svg"]?.hasPrefix("<svg ") == true)
    #expect(host.commands.first?.environment == ["A": "1", "B": "b"])
  }

  @Test(
    "What cannot be done is said",
    arguments: [
      (#"CSVRead(<<"A", "B">>, ",", "in.csv") = <<>>"#, "in.csv:1: 2 columns are expected, and there are 1"),
      (#"CSVWrite("%s %s", <<1>>, "f")"#, "the template asks for parameter 2, and there are 1"),
      (#"CSVWrite("%d", <<1>>, "f")"#, "the template %d has %d: only texts (%s) can be filled in"),
      ("atoi(\"4x\") = 4", "the argument of atoi is \"4x\", and spells no integer"),
      ("SVGElemToString([name |-> 1]) = \"\"", "[name |-> 1] is no element"),
      (#"Deserialize("f", [format |-> "XML"]) = 1"#, "the format \"XML\" is not supported: use TXT"),
    ])
  func failure(assumption: String, message: String) throws {
    let found = try violation(assumption, MemoryHost(["in.csv": "a\n"]))?.message ?? "none"
    #expect(found.hasPrefix(message), "\(found)")
  }

  @Test("A log is put into causal order, and one without an order is refused") func causalOrder() throws {
    let operators = "LAMBDA l : l.vc, LAMBDA l : l.n, LAMBDA vc : DOMAIN vc"
    let log =
      "<<[n |-> 2, vc |-> (1 :> 1 @@ 2 :> 2)], [n |-> 2, vc |-> (2 :> 1)], [n |-> 1, vc |-> (1 :> 1)]>>"
    let ordered =
      "LET o == CausalOrder(\(log), \(operators)) IN IsCausalOrder(o, LAMBDA l : l.vc) /\\ o[3] = \(log)[1]"
    #expect(try violation(ordered) == nil)
    // Nodes that know nothing of each other take turns.
    let apart =
      "<<[n |-> 1, vc |-> (1 :> 1)], [n |-> 1, vc |-> (1 :> 2)], [n |-> 2, vc |-> (2 :> 1)], [n |-> 2, vc |-> (2 :> 2)]>>"
    let turns =
      "LET o == CausalOrder(\(apart), \(operators)) IN [i \\in 1..4 |-> o[i].n] = <<1, 2, 1, 2>> /\\ IsCausalOrder(o, LAMBDA l : l.vc)"
    #expect(try violation(turns) == nil)
    let circular =
      "CausalOrder(<<[n |-> 1, vc |-> (1 :> 1 @@ 2 :> 1)], [n |-> 2, vc |-> (1 :> 1 @@ 2 :> 1)]>>, \(operators)) = <<>>"
    #expect(try violation(circular)?.message.contains("no causal order") == true)
  }

  @Test("What has an effect is not done again when the steps of a counterexample are found again") func once()
    throws
  {
    let host = MemoryHost()
    var options = CheckOptions()
    options.host = host
    let result = try InMemory.check(
      "\(Self.modules)\nVARIABLE x\nInit == x = 0\nNext == x' = x + 1 /\\ CSVWrite(\"%s\", <<x>>, \"out\")\nInv == x < 3",
      "INIT Init\nNEXT Next\nINVARIANT Inv", options: options)
    #expect(result.violations.first?.trace.map { $0.label?.name } == [nil, "Next", "Next", "Next"])
    #expect(host.texts["out"] == "0\n1\n2\n")
  }

  @Test("What replaces a constant is computed once from what was read once", .timeLimit(.minutes(10)))
  func computedOnce() throws {
    let host = MemoryHost([
      "in.ndjson": (0..<2_000).map { "\($0 < 1_000 ? 1 : 0)\n" }.joined()
    ])
    var options = CheckOptions()
    options.host = host
    let module = """
      \(Self.modules), SequencesExt
      CONSTANT Top
      VARIABLE x
      Lines == ndJsonDeserialize("in.ndjson")
      Sum == FoldSeq(LAMBDA a, b : a + b, 0, Lines)
      Init == x = 0
      Next == x < Top /\\ x' = x + 1
      Inv == \\A i \\in 1..100 : x <= Top + i
      """
    let result = try InMemory.check(
      module, "INIT Init\nNEXT Next\nINVARIANT Inv\nCONSTANT Top <- Sum\nCHECK_DEADLOCK FALSE",
      options: options)
    #expect(result.progress.distinct == 1_001)
    #expect(host.readCount == 1)
  }

  @Test("A program says once more what it said when the steps of a counterexample are found again")
  func programs()
    throws
  {
    let host = MemoryHost()
    var options = CheckOptions()
    options.host = host
    let result = try InMemory.check(
      """
      \(Self.modules)
      VARIABLE x
      Init == x = 0
      Next == x' = x + 1 /\\ IOExec(<<"step", ToString(x)>>).stdout = "step|" \\o ToString(x)
      Inv == x < 3
      """,
      "INIT Init\nNEXT Next\nINVARIANT Inv", options: options)
    #expect(result.violations.first?.trace.map { $0.label?.name } == [nil, "Next", "Next", "Next"])
    #expect(host.commands.map(\.words) == [["step", "0"], ["step", "1"], ["step", "2"]])
  }
}
