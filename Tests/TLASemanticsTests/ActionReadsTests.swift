import TLASemantics
import TLASyntax
import Testing

@Suite("What actions look at") struct ActionReadsTests {
  /// The variables that `A` looks at. After a bar, those of which it takes the head.
  private func reads(_ action: String, _ definitions: String = "") throws -> String {
    let specification = try InMemory.load(
      """
      EXTENDS Integers, Sequences
      VARIABLES inbox, x
      Init == inbox = <<>> /\\ x = 0
      Nodes == {1, 2}
      \(definitions)
      A(n) == \(action)
      Next == \\E n \\in Nodes : A(n)
      """, "INIT Init\nNEXT Next")
    let reads = ActionReads(specification)
    func names(_ positions: Set<Int>?) throws -> String {
      try #require(positions).sorted().map { specification.variables[$0].name.text }.joined(separator: " ")
    }
    return try names(reads.looked["A"]) + "|" + names(reads.heads["A"])
  }

  @Test(
    "A variable that is only kept or overwritten is not looked at",
    arguments: [
      "inbox' = [inbox EXCEPT ![n] = <<>>] /\\ UNCHANGED x",
      "inbox' = [inbox EXCEPT ![n] = <<>>, ![3 - n] = Append(@, 5)] /\\ x' = 1",
      "inbox' = [m \\in Nodes |-> IF m = n THEN <<>> ELSE inbox[m]] /\\ x' = x",
      "inbox' = [m \\in DOMAIN inbox |-> CASE m = n -> <<>> [] OTHER -> Append(inbox[m], 5)] /\\ x' = 1",
      "inbox' = [inbox EXCEPT ![n] = <<4>> \\o @] /\\ UNCHANGED x",
      "UNCHANGED <<inbox, x>>", "inbox[n] # <<>> /\\ inbox' = [inbox EXCEPT ![n] = <<>>] /\\ x' = 1",
      "Len(inbox[n]) > 0 /\\ inbox' = [inbox EXCEPT ![n] = <<>>] /\\ x' = 1",
    ])
  func nothing(action: String) throws {
    #expect(try reads(action) == "|")
  }

  @Test(
    "A variable that decides or is moved is looked at",
    arguments: [
      ("inbox' = [inbox EXCEPT ![n] = Tail(@)] /\\ x' = x + 1", "inbox x|inbox"),
      ("inbox[n][1] # 0 /\\ inbox' = [inbox EXCEPT ![n] = <<>>] /\\ x' = 1", "inbox|inbox"),
      ("inbox[n] = <<7>> /\\ inbox' = [inbox EXCEPT ![n] = <<>>] /\\ x' = 1", "inbox|"),
      ("inbox' = [inbox EXCEPT ![n] = <<>>] /\\ x' = inbox[n]", "inbox|"),
      ("inbox' = [inbox EXCEPT ![n] = <<>>] /\\ x' = inbox[n][1]", "inbox|inbox"),
      ("x = 0 /\\ inbox' = inbox /\\ x' = 1", "x|"),
      ("\\E i \\in 1..Len(inbox[n]) : inbox' = [inbox EXCEPT ![n] = <<>>] /\\ x' = inbox[n][i]", "inbox|"),
    ])
  func something(action: String, expected: String) throws {
    #expect(try reads(action) == expected)
  }

  @Test("Definitions and their arguments are followed") func definitions() throws {
    let definitions = """
      Without(boxes, n) == [boxes EXCEPT ![n] = <<>>]
      Sent(boxes, n, m) == [boxes EXCEPT ![n] = Append(@, m)]
      Read(n) == [inbox EXCEPT ![n] = Tail(@)]
      GoDown(n) == inbox' = Sent(Without(inbox, n), 3 - n, 7)
      RECURSIVE Sum(_)
      Sum(s) == IF s = <<>> THEN x ELSE Head(s) + Sum(Tail(s))
      """
    #expect(try reads("GoDown(n) /\\ x' = 0", definitions) == "|")
    #expect(try reads("inbox' = Sent(Read(n), n, 7) /\\ x' = 0", definitions) == "inbox|inbox")
    #expect(try reads("LET old == Read(n) IN inbox' = old /\\ x' = 0", definitions) == "inbox|inbox")
    #expect(try reads("LET old == Read(n) IN inbox' = <<>> /\\ x' = 0", definitions) == "|")
    #expect(try reads("inbox' = <<>> /\\ x' = Sum(inbox[n])", definitions) == "inbox x|")
  }

  @Test("Actions have their labels' names; of several with one name, each counts") func names()
    throws
  {
    let specification = try InMemory.load(
      """
      VARIABLES x, y
      Init == x = 0 /\\ y = 0
      B(n) == x' = n /\\ y' = y
      C == x = 3 /\\ UNCHANGED <<x, y>>
      Next == (\\E n \\in {x} : B(n)) \\/ B(1) \\/ C \\/ (y = 1 /\\ UNCHANGED <<x, y>>)
      """, "INIT Init\nNEXT Next")
    let looked = ActionReads(specification).looked
    #expect(looked == ["B": [0], "C": [0], "Next": [1]])
  }

  @Test(
    "Looking at a record's fields is distinguished from looking at the whole record",
    arguments: [
      ("x.a = 1 /\\ x' = [x EXCEPT !.b = x.c]", ["a", "c"]),
      ("x[n].a = 1 /\\ x' = [x EXCEPT ![n].b = 2]", ["a"]),
      ("x[x.a].b = 1 /\\ x' = x", ["a", "b"]), ("LET r == x[n] IN r.a = 1 /\\ x' = x", ["a"]),
      ("x.a = 1 /\\ x # n /\\ x' = x", nil), ("x[x].a = 1 /\\ x' = x", nil), ("x' = [x EXCEPT !.a = 1]", nil),
    ])
  func fields(action: String, expected: [String]?) throws {
    let specification = try InMemory.load(
      "VARIABLE x\nInit == x = 0\nA(n) == \(action)\nNext == \\E n \\in {1} : A(n)", "INIT Init\nNEXT Next")
    #expect(ActionReads(specification).fields["A"]?[0] == expected.map(Set.init))
  }

  @Test("Two actions with one name look at the union of their variables") func fieldsOfSeveral() throws {
    let specification = try InMemory.load(
      """
      VARIABLES x, y
      Init == x = 0 /\\ y = 0
      A(n) == (IF n = 1 THEN x.a ELSE x.b) = 1 /\\ UNCHANGED <<x, y>>
      B(n) == x = n /\\ UNCHANGED <<x, y>>
      A2 == A(1) \\/ B(2) \\/ A(2)
      Next == A2
      """, "INIT Init\nNEXT Next")
    #expect(ActionReads(specification).fields == ["A": [0: ["a", "b"]], "B": [:]])
  }

  @Test("If the analysis takes too long, nothing is known") func doubling() throws {
    let chain = (1...40).map { "A\($0) == A\($0 - 1) \\/ A\($0 - 1)" }.joined(separator: "\n")
    let specification = try InMemory.load(
      "VARIABLE x\nInit == x = 0\nA0 == x' = x\n\(chain)", "INIT Init\nNEXT A40")
    #expect(ActionReads(specification).looked.isEmpty)
  }
}
