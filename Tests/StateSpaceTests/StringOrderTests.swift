import Foundation
import TLASemantics
import Testing

/// A line of `Fixtures/string-order.tsv`.
private struct ExtendingCase: Sendable, CustomTestStringConvertible {
  let modules: String
  let order: [String]

  var testDescription: String { modules }

  static let all: [ExtendingCase] = FixtureTable.rows("string-order.tsv").map { cells in
    ExtendingCase(modules: cells[0], order: cells[1].split(separator: " ").map(String.init))
  }
}

/// A specification of several modules, with TLC's order of all its words as strings.
private struct ModulesCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  /// `@@` stands for the set of the strings.
  let text: String
  var configuration = ""
  var modules: [String: String] = [:]
  /// The strings in the order of their occurrence in the text.
  let strings: String
  let order: String
}

@Suite("The order of strings is TLC's") struct StringOrderTests {
  private static let configuration = "INIT Init\nNEXT Next\nINVARIANT Inv\n"

  private func order(of strings: [String], in specification: Specification) -> [String] {
    let given = Set(strings)
    return specification.atomOrder.filter(given.contains)
  }

  private static func set(of strings: [String]) -> String {
    "{\(strings.map { "\"\($0)\"" }.joined(separator: ", "))}"
  }

  @Test("With the library's modules", arguments: ExtendingCase.all)
  private func extending(_ expected: ExtendingCase) throws {
    let strings = expected.order.sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
    let specification = try InMemory.load(
      """
      \(expected.modules.isEmpty ? "" : "EXTENDS \(expected.modules)")
      VARIABLE v
      Init == v = \(Self.set(of: strings))
      Next == UNCHANGED v
      Inv == v = {}
      """, Self.configuration)
    #expect(order(of: strings, in: specification) == expected.order)
  }

  @Test("The table has every module") func table() { #expect(ExtendingCase.all.count > 50) }

  @Test("With several modules", arguments: Self.cases)
  private func modules(_ expected: ModulesCase) throws {
    let strings = expected.strings.split(separator: " ").map(String.init)
    let specification = try InMemory.load(
      expected.text.replacingOccurrences(of: "@@", with: Self.set(of: strings)),
      Self.configuration + expected.configuration, modules: expected.modules)
    #expect(order(of: strings, in: specification).joined(separator: " ") == expected.order)
  }

  private static let cases: [ModulesCase] = [
    ModulesCase(
      testDescription: "extended modules and a value of the configuration",
      text: #"""
        EXTENDS A, B
        ownM == "litM"
        VARIABLE v
        Init == v = @@
        Next == UNCHANGED v
        Inv == v = {}
        """#,
      configuration: #"""
        CONSTANT kB = "litCfg"
        """#,
      modules: files("A", "B", "C", "D", "E"),
      strings: """
        Init B A INSTANCE litE1 VARIABLE C fa ownM opD opC pA litE2 CONSTANT litM litC kB litA q litA2 \
        SET Naturals in EXTENDS M opA opB fieldsA pB litB E FiniteSets LOCAL opE UNCHANGED Inv litD v \
        Next litCfg D X
        """,
      order: """
        litCfg UNCHANGED M EXTENDS A B ownM VARIABLE v Init Next Inv C opA pA fieldsA fa D Naturals \
        CONSTANT kB opB pB opC LOCAL INSTANCE E opD X FiniteSets opE q litE2 litE1 litC litA litA2 \
        litD litB litM SET in
        """),
    ModulesCase(
      testDescription: "instances",
      text: #"""
        IB == INSTANCE B WITH kB <- "litW"
        IA == INSTANCE A
        ownM == "litM"
        VARIABLE v
        Init == v = @@
        Next == UNCHANGED v
        Inv == v = {}
        """#,
      modules: files("A", "B", "C", "D", "E"),
      strings: """
        EXTENDS litA2 IA pA B ownM IB LOCAL C v Next opE VARIABLE opA litD CONSTANT X litE2 in litB \
        FiniteSets fa q opC opB M litE1 litC pB litM litA Naturals D WITH Init opD INSTANCE kB A Inv \
        UNCHANGED fieldsA litW SET E
        """,
      order: """
        UNCHANGED M IB INSTANCE B WITH kB IA A ownM VARIABLE v Init Next Inv EXTENDS D Naturals \
        CONSTANT opB pB opD X E C opA pA fieldsA fa opC LOCAL FiniteSets opE q litE2 litE1 litD litB \
        litC litA litA2 litW litM in SET
        """),
    ModulesCase(
      testDescription: "an instance in a LET, and an inner module",
      text: #"""
        EXTENDS Sequences, A
        ownM == LET I == INSTANCE B WITH kB <- "litW" IN I!opB("litL")
        ---- MODULE Inner ----
        EXTENDS D
        innerOp == "litIn"
        ====
        J == INSTANCE Inner
        late == "litLate"
        VARIABLE v
        Init == v = @@
        Next == UNCHANGED v
        Inv == v = {}
        """#,
      modules: files("A", "B", "C", "D", "E"),
      strings: """
        v litC INSTANCE B litE2 LOCAL VARIABLE pA ownM Sequences fieldsA WITH opA litE1 EXTENDS LET I \
        litIn Inv Init litA2 UNCHANGED innerOp X opE opD CONSTANT kB late pB in J IN SET M q E A opB \
        Naturals C litLate litB opC litL fa litD litW Inner FiniteSets D Next litA
        """,
      order: """
        UNCHANGED M EXTENDS Sequences A ownM LET I INSTANCE B WITH kB IN opB Inner D innerOp J late \
        VARIABLE v Init Next Inv LOCAL Naturals C opA pA fieldsA fa opC E opD X CONSTANT pB FiniteSets \
        opE q litE2 litE1 litC litA litA2 litD litB litW litL litIn litLate in SET
        """),
    ModulesCase(
      testDescription: "values of the configuration",
      text: #"""
        EXTENDS TLC, A
        CONSTANTS k1, k2, k3, k4
        VARIABLE v
        Init == v = @@
        Next == UNCHANGED v
        Inv == v = {}
        """#,
      configuration: #"""
        CONSTANTS k4 = {zeta, alpha}
         k1 = mv
         k3 = "pt"
        k2 <- fieldsA
        """#,
      modules: files("A", "C", "E"),
      strings: """
        VARIABLE TLC opA LOCAL litA pt litE2 opC INSTANCE A k4 EXTENDS CONSTANTS UNCHANGED zeta E Init \
        litC fa v FiniteSets Next litA2 k1 litE1 opE Inv pA mv k3 SET alpha k2 q fieldsA M C in
        """,
      order: """
        zeta alpha mv pt UNCHANGED M EXTENDS TLC A CONSTANTS k1 k2 k3 k4 VARIABLE v Init Next Inv \
        LOCAL INSTANCE FiniteSets C opA pA fieldsA fa opC E opE q litE2 litE1 litC litA litA2 SET in
        """),
    ModulesCase(
      testDescription: "sets of elements that are made of others",
      text: #"""
        EXTENDS Integers
        nest == {<<"e1", {<<"e2", z>> : z \in {"b2"}}>> : z2 \in {"b1", "b3"}}
        filt == {z \in {"f1"} : z = "f2"}
        mapq == {\E z \in {"q1"} : z = "q2" : z3 \in {"q3"}}
        mapc == {CHOOSE z \in {"c1"} : z = "c2" : z4 \in {"c3"}}
        mapl == {[r1 : {"l1"}, r2 : {"l2"}] : z5 \in {"l3"}}
        mapt == {"t1" : <<z6, z7>> \in {<<"t2", "t3">>}}
        filtt == {<<z8, z9>> \in {<<"t4", "t5">>} : z8 = "t6"}
        VARIABLE v
        Init == v = @@
        Next == UNCHANGED v
        Inv == v = {}
        """#,
      strings: """
        filtt z8 CHOOSE t5 mapq z2 z3 r2 c1 EXTENDS t3 mapl c2 q2 t1 E M z5 Init b2 b1 Integers z4 \
        Next e2 l1 t2 Inv r1 c3 in z9 z7 l3 z6 e1 nest mapt t4 SET b3 z f1 v VARIABLE q1 l2 mapc q3 t6 \
        filt UNCHANGED f2
        """,
      order: """
        UNCHANGED M EXTENDS Integers nest z z2 filt mapq z3 mapc CHOOSE z4 mapl r1 r2 z5 mapt z6 z7 \
        filtt z8 z9 VARIABLE v Init Next Inv b1 b3 e1 b2 e2 f1 f2 q3 q1 q2 c3 c1 c2 l3 l1 l2 t2 t3 t1 \
        t4 t5 t6 E in SET
        """),
    ModulesCase(
      testDescription: "theorems, proofs, assumptions, functions",
      text: #"""
        EXTENDS Integers
        THEOREM thm == "th1" = "th2"
        PROOF
        <1>1. {"p1" : zz \in {"p2"}} = {}
          BY DEF thm
        <1> QED OBVIOUS
        after == "af"
        ASSUME asm == "as1" # "as2"
        RECURSIVE rec(_)
        rec(xx) == IF xx = "r1" THEN "r2" ELSE rec("r3")
        fn[aa \in {"f1"}] == "f2"
        aa1 \prec bb1 == "i1"
        lab == labl :: "l1"
        VARIABLE v
        Init == v = @@
        Next == UNCHANGED v
        Inv == v = {}
        """#,
      strings: """
        OBVIOUS ASSUME DEF f2 l1 in af Integers UNCHANGED aa bb1 as1 EXTENDS 1 v _ zz THEOREM BY Next \
        th1 QED RECURSIVE asm after SET ELSE THEN r1 Inv labl prec p1 fn as2 rec i1 thm Init lab p2 f1 \
        r2 M th2 IF r3 VARIABLE aa1 PROOF xx
        """,
      order: """
        UNCHANGED M EXTENDS Integers THEOREM thm PROOF zz BY DEF QED OBVIOUS after ASSUME asm \
        RECURSIVE rec _ xx IF THEN ELSE fn aa aa1 bb1 lab labl VARIABLE v Init Next Inv th1 th2 p2 p1 \
        af as1 as2 r1 r2 r3 f1 f2 i1 l1 in 1 SET prec
        """),
    ModulesCase(
      testDescription: "model values",
      text: #"""
        EXTENDS B, A, Bags
        ownM == "litM"
        VARIABLE v
        Init == v = @@
        Next == UNCHANGED v
        Inv == v = {}
        """#,
      configuration: #"""
        CONSTANT kB = {b2, b1, ownM, FiniteSets}
        """#,
      modules: files("A", "B", "C", "D", "E"),
      strings: """
        M B fa b2 Bags litA Init UNCHANGED C A X opA in litC pB litE2 litE1 q opE FiniteSets ownM \
        VARIABLE CONSTANT LOCAL Next opD INSTANCE pA litB E b1 kB Naturals EXTENDS litD v litA2 D Inv \
        opC SET litM fieldsA opB
        """,
      order: """
        b2 b1 ownM FiniteSets UNCHANGED M EXTENDS B A Bags VARIABLE v Init Next Inv D Naturals \
        CONSTANT kB opB pB C opA pA fieldsA fa LOCAL INSTANCE opD X E opC opE q litE2 litE1 litD litB \
        litC litA litA2 litM in SET
        """),
    ModulesCase(
      testDescription: "instances of extended modules and of instances",
      text: #"""
        EXTENDS F
        G1 == INSTANCE G
        VARIABLE v
        Init == v = @@
        Next == UNCHANGED v
        Inv == v = {}
        """#,
      modules: files("C", "D", "E", "F", "G", "H"),
      strings: """
        v Init E SET opG opH litC Integers TLC q opF INSTANCE litE2 opD M G X C LOCAL opC F litH litG \
        Sequences opE UNCHANGED H in FiniteSets VARIABLE Inv EXTENDS D H1 litE1 G1 litD Next litF
        """,
      order: """
        UNCHANGED M EXTENDS F G1 INSTANCE G VARIABLE v Init Next Inv Sequences H1 H opF LOCAL C TLC \
        opG opC E FiniteSets Integers opH D opD X opE q litE2 litE1 litD litH litF litC litG SET in
        """),
    ModulesCase(
      testDescription: "modules inside modules",
      text: #"""
        ---- MODULE In1 ----
        op1 == "s1"
        ---- MODULE In2 ----
        EXTENDS Naturals
        op2 == "s2"
        ====
        I2 == INSTANCE In2
        ====
        I1 == INSTANCE In1
        Ex == I1!I2!op2
        Str == "a1" 
        VARIABLE v
        Init == v = @@
        Next == UNCHANGED v
        Inv == v = {}
        """#,
      strings: """
        M In1 s2 INSTANCE Str s1 op2 UNCHANGED Ex v VARIABLE In2 a1 EXTENDS I1 Naturals Inv op1 SET \
        Init I2 Next
        """,
      order: """
        UNCHANGED M In1 op1 In2 EXTENDS Naturals op2 I2 INSTANCE I1 Ex Str VARIABLE v Init Next Inv s1 \
        s2 a1 SET
        """),
  ]

  private static func files(_ names: String...) -> [String: String] {
    Dictionary(uniqueKeysWithValues: names.map { ("\($0).tla", texts[$0] ?? "") })
  }

  private static let texts = [
    "A": #"""
    ---- MODULE A ----
    EXTENDS C
    opA(pA) == {"litA", pA}
    fieldsA == [fa |-> "litA2"]
    ====
    """#,
    "B": #"""
    ---- MODULE B ----
    EXTENDS D, Naturals
    CONSTANT kB
    opB(pB) == {"litB", pB, kB}
    ====
    """#,
    "C": #"""
    ---- MODULE C ----
    opC == "litC"
    LOCAL INSTANCE E
    ====
    """#,
    "D": #"""
    ---- MODULE D ----
    opD == "litD"
    X == INSTANCE E
    ====
    """#,
    "E": #"""
    ---- MODULE E ----
    EXTENDS FiniteSets
    opE == {<<"litE1", q>> : q \in {"litE2"}}
    ====
    """#,
    "F": #"""
    ---- MODULE F ----
    EXTENDS Sequences
    H1 == INSTANCE H
    opF == "litF"
    ====
    """#,
    "G": #"""
    ---- MODULE G ----
    EXTENDS C, TLC
    opG == "litG"
    ====
    """#,
    "H": #"""
    ---- MODULE H ----
    EXTENDS Integers
    opH == "litH"
    LOCAL INSTANCE D
    ====
    """#,
  ]
}
