import TLASemantics
import TLASyntax
import Testing

/// The warnings of TLC and SANY when they load a specification. Both were run on the cases.
@Suite("Warnings about a specification") struct WarningTests {
  private static let modules = [
    "A.tla": "---- MODULE A ----\nMax(a, b) == a\nFirst == 1\n====\n",
    "B.tla": "---- MODULE B ----\nMax(a, b) == b\nHead(s) == s\n====\n",
    "C.tla": "---- MODULE C ----\nEXTENDS A\nSecond == First\n====\n",
    "V.tla": "---- MODULE V ----\nCONSTANT K\nVARIABLE x\n====\n",
    "W.tla": "---- MODULE W ----\nCONSTANT K\nVARIABLE x\n====\n",
  ]

  private func warnings(_ body: String, _ configuration: String = "") throws -> [String] {
    try InMemory.load(body, configuration, modules: Self.modules).warnings.map { warning in
      let place = warning.span.map { "\($0.startPosition.line):\($0.startPosition.column) " } ?? ""
      return place + warning.message
    }
  }

  @Test("A name that two extended modules define has the meaning of the first, with a warning")
  func extendedTwice() throws {
    #expect(
      try warnings("EXTENDS A, B, Sequences\nD == Max(1, 2)") == [
        "2:12 B defines Max, too: it keeps the meaning that it has from A",
        "2:15 Sequences defines Head, too: it keeps the meaning that it has from B",
      ])
    #expect(
      try warnings("EXTENDS Sequences, B") == [
        "2:20 B defines Head, too: it keeps the meaning that it has from the library"
      ])
    #expect(try warnings("EXTENDS A, C, Naturals, Integers\nD == Second") == [])
    #expect(
      try warnings("EXTENDS V, W", "CONSTANT K = 1") == [
        "2:10 K is declared by V, too, and is taken for the same",
        "3:10 x is declared by V, too, and is taken for the same",
      ])
    let shared = try InMemory.load("EXTENDS V, W", "CONSTANT K = 1", modules: Self.modules)
    #expect(shared.variables.map(\.name.text) == ["x"] && shared.constants.map(\.name.text) == ["K"])
    #expect(
      InMemory.problems("EXTENDS V\nVARIABLE x", modules: Self.modules).contains("3:10 x is defined already"))
    #expect(InMemory.problems("VARIABLES y, y").contains("2:14 y is defined already"))
    #expect(
      InMemory.problems("EXTENDS A\nFirst == 2", modules: Self.modules)
        == "3:1 First is defined already (choose another name)")
  }

  @Test("A subscript that leaves variables out, and an invariant without variables") func behavior()
    throws
  {
    let module = """
      VARIABLES x, y, z
      pair == <<y, z>>
      vars == <<x, pair>>
      Init == x = 0 /\\ y = 0 /\\ z = 0
      Next == UNCHANGED vars
      All == Init /\\ [][Next]_vars
      Some == Init /\\ [][Next]_<<x, z>>
      One == Init /\\ [][Next]_x
      Inv == 1 = 1
      """
    #expect(try warnings(module, "SPECIFICATION All") == [])
    #expect(
      try warnings(module, "SPECIFICATION Some") == [
        "8:26 the subscript of the next-state relation leaves out the variable y"
      ])
    #expect(
      try warnings(module, "SPECIFICATION One\nINVARIANT Inv") == [
        "9:25 the subscript of the next-state relation leaves out the variable y and 1 more",
        "2:11 INVARIANT Inv speaks of no variable: it is the same in every state",
      ])
  }

  @Test("What asks about the run or has an effect is not the same in every state") func runFacts() throws {
    let module = """
      EXTENDS Naturals, TLC, TLCExt, Sequences
      VARIABLE x
      Init == x = 0
      Next == x' = x
      Level == TLCGet("level") < 9
      Steps == Len(Trace) < 9
      Shallow == Level /\\ Steps
      Says == PrintT("here")
      Inv == Permutations({1}) # {}
      """
    #expect(
      try warnings(module, "INIT Init\nNEXT Next\nINVARIANTS Level Steps Shallow Says Inv") == [
        "3:37 INVARIANT Inv speaks of no variable: it is the same in every state"
      ])
  }

  /// The checksum of the three lines is the one that zlib computes.
  private static let translated = """
    (* --algorithm A
    begin skip; end algorithm *)
    \\* BEGIN TRANSLATION (chksum(pcal) = "1a2b3c4d" /\\ chksum(tla) = "65ac6d34")
    VARIABLE x
    Init == x = 0
    Next == x' = x
    \\* END TRANSLATION
    """

  @Test("An edited PlusCal translation is recognised by its checksum") func translation() throws {
    let told = ["4:52 the translation of the PlusCal algorithm was changed since it was made"]
    #expect(try warnings(Self.translated) == [])
    #expect(try warnings(Self.translated.replacing("\n", with: "\r\n")) == [])
    #expect(try warnings(Self.translated.replacing("x = 0", with: "x = 1")) == told)
    #expect(try warnings(Self.translated.replacing("\"65ac6d34\"", with: "\"\"")) == told)
    #expect(try warnings(Self.translated.replacing("\\* END TRANSLATION", with: "")) == [])
    #expect(
      try warnings(
        Self.translated.replacing(" (chksum(pcal) = \"1a2b3c4d\" /\\ chksum(tla) = \"65ac6d34\")", with: ""))
        == [])
  }
}
