import TLASyntax

/// The words of modules that are not read as text here, or that have a different text here. TLC meets these words and orders strings by
/// them.
///
/// A word is any token except a string. The words of each module are in the order of its text, without those of `initial`.
enum LibraryWords {
  /// The words that TLC knows before it parses the first module: its operators and other built-in names.
  static let initial = words(
    #"""
    [ . ' ^ / * - -. + = \lnot ~ \neg \land /\ \lor \/ ~> => [] <> ENABLED UNCHANGED SUBSET UNION DOMAIN
    ^+ ^* ^# \cdot \equiv <=> -+-> /= # \subseteq \in \notin < \leq <= =< > \geq >= \times \X \
    \intersect \cap \union \cup ... .. | || && & $$ $ ?? %% % \mod ## ++ -- ** // ^^ @@ !! |- |= -| =|
    <: :> := ::= \oplus (+) \ominus (-) \odot (.) \oslash (/) \otimes (\X) \uplus \sqcap \sqcup \div \wr
    \star \o \circ \bigcirc \bullet \prec \succ \preceq \succeq \sim \simeq \ll \gg \asymp \subset
    \supset \supseteq \approx \cong \sqsubset \sqsubseteq \sqsupset \sqsupseteq \doteq \propto STRING
    FALSE TRUE BOOLEAN @
    """#)

  /// The words that TLC meets between the last module that it parses and the first that it analyzes.
  static let afterParsing = words(#"\E \exists \A \always \EE \AA << SF_ WF_ LAMBDA >>"#)

  /// The outline of a library module; nil if it is not listed.
  static func outline(_ name: String) -> ModuleOutline? { outlines[name] }

  private static let outlines = Dictionary(
    modules.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

  private static func words(_ text: String) -> [String] {
    text.split { $0 == " " || $0 == "\n" }.map(String.init)
  }

  private static func module(
    _ name: String, extends: String = "", instances: String = "", strings: [String] = [], _ text: String
  ) -> ModuleOutline {
    ModuleOutline(
      name: name, extends: words(extends), instances: words(instances), words: words(text), strings: strings)
  }

  private static let modules: [ModuleOutline] = [
    module(
      "Bags", extends: "TLC", instances: "Naturals",
      #"""
      Bags EXTENDS TLC LOCAL INSTANCE Naturals IsABag ( B ) == -> { n Nat : 0 } ] BagToSet SetToBag S
      e |-> 1 BagIn , EmptyBag B1 B2 IF THEN ELSE LET IN d Sum f DSum elt CHOOSE BagUnion \A SubBag
      RemoveFromDom x y Combine BagSet i Biggest Range r s RSB BB << >> BagOfAll F _ BagCardinality
      CopiesIn
      """#),
    module(
      "BagsExt", instances: "Bags Integers Folds",
      #"""
      BagsExt LOCAL INSTANCE Bags Integers Folds BagAdd ( B , x ) == IF THEN e |-> ] 1 ELSE { }
      BagRemove BagRemoveAll MapThenFoldBag op _ base f choose LET handle pow n Nat 0 IN
      MapThenFoldSet LAMBDA S : CHOOSE FoldBag SumBag y ProductBag
      """#),
    module(
      "Bitwise", instances: "Integers",
      #"""
      Bitwise LOCAL INSTANCE Integers RECURSIVE And ( _ , ) x y n m == LET exp 2 IN IF 0 THEN ELSE 1
      Or xdm ydm Xor NotR Not a shiftR pos odd z
      """#),
    module(
      "CSV", instances: "TLC Integers",
      #"""
      CSV LOCAL INSTANCE TLC Integers CSVWrite ( template , val file ) == CSVWriteRecord record delim
      headers CSVRead columns delimiter CSVRecords CHOOSE n : Nat
      """#),
    module(
      "Combinatorics", extends: "Naturals",
      #"""
      Combinatorics EXTENDS Naturals factorial n Nat ] == IF 0 THEN 1 ELSE choose ( , k )
      """#),
    module(
      "DifferentialEquations", instances: "Reals Sequences",
      #"""
      DifferentialEquations LOCAL INSTANCE Reals Sequences PosReal == { r Real : 0 } OpenInterval ( a
      , b ) s Nbhd e IsFirstDeriv df f -> ] \A \E d IsDeriv n LET IsD k g IF THEN ELSE gg 1 IN
      Integrate D InitVals Len CHOOSE i << >> |->
      """#),
    module(
      "DyadicRationals", instances: "FiniteSets Integers Sequences FiniteSetsExt TLC",
      strings: ["0", "1", "/"],
      #"""
      DyadicRationals LOCAL INSTANCE FiniteSets Integers Sequences FiniteSetsExt TLC Divides ( p , q )
      == \E d 1 : Divisors { } GCD n m Max Rational num den |-> ] Reduce LET gcd IN IF THEN ELSE
      IsDyadicRational r i 0 2 Zero One Add lcn qq pp Half PrettyPrint ToString
      """#),
    module(
      "FiniteSetTheorems", extends: "FiniteSets Integers Functions WellFoundedInduction",
      #"""
      FiniteSetTheorems EXTENDS FiniteSets , Integers Functions WellFoundedInduction LEMMA
      FS_NatSurjection == ASSUME NEW S PROVE IsFiniteSet ( ) \E n Nat : ExistsSurjection 1
      FS_NatBijection ExistsBijection FS_CountingElements Cardinality THEOREM FS_SurjCardinalityBound
      FS_CardinalityType FS_Bijection T FS_SameCardinalityBij FS_SurjSameCardinalityImpliesInj f
      Surjection Injection FS_Surjection FS_Image Op _ LET { x } IN FS_Injection FS_PigeonHole -> ] y
      FS_EmptySet 0 \A FS_AddElement IF THEN ELSE FS_RemoveElement FS_Singleton FS_Subset FS_Interval
      a Int b FS_BoundedSetOfNaturals s FS_Induction P FiniteSubsetsOf StrictSubsetOrdering ss 2
      FS_FiniteSubsetsOfFinite FS_StrictSubsetOrderingWellFounded IsWellFoundedOn FS_WFInduction U
      FS_Union FS_MajoritiesIntersect FS_Intersection FS_Difference FS_UNION FS_Product FS_SUBSET
      """#),
    module(
      "FiniteSets", instances: "Naturals Sequences",
      #"""
      FiniteSets LOCAL INSTANCE Naturals Sequences IsFiniteSet ( S ) == \E seq Seq : \A s n 1 Len ]
      Cardinality LET CS T IF { } THEN 0 ELSE CHOOSE x IN
      """#),
    module(
      "FiniteSetsExt", extends: "Folds Functions", instances: "Naturals FiniteSets",
      #"""
      FiniteSetsExt EXTENDS Folds , Functions LOCAL INSTANCE Naturals FiniteSets FoldSet ( op _ ) base
      set == MapThenFoldSet LAMBDA x : s CHOOSE SumSet 0 ProductSet y 1 ReduceSet acc MapThenSumSet
      FlattenSet S SymDiff A B Quantify P Cardinality { } kSubset k Max \A Min Choices Sets LET
      ChoiceFunction Ts f -> ] T IN Range ChooseUnique
      """#),
    module(
      "Folds",
      #"""
      Folds MapThenFoldSet ( op _ , ) base f choose S == LET iter s ] IF { } THEN ELSE x IN
      """#),
    module(
      "Functions", instances: "Folds",
      #"""
      Functions LOCAL INSTANCE Folds Restrict ( f , S ) == x |-> ] RestrictDomain Test _ { : }
      RestrictValues LET IN IsRestriction narrow wide \A Range Pointwise g T e Inverse t CHOOSE s
      AntiFunction IsInjective a b Injection M -> Surjection \E Bijection ExistsInjection
      ExistsSurjection ExistsBijection FoldFunction op base fun MapThenFoldSet LAMBDA i
      FoldFunctionOnSet indices
      """#),
    module(
      "GraphViz",
      #"""
      GraphViz DotDiGraph ( G , VL _ ) EL ==
      """#),
    module(
      "Graphs", instances: "Naturals Sequences SequencesExt FiniteSets",
      #"""
      Graphs LOCAL INSTANCE Naturals Sequences SequencesExt FiniteSets IsDirectedGraph ( G ) == node
      |-> , edge ] DirectedSubgraph { H : } Transpose << e 2 1 >> IsUndirectedGraph \A
      UndirectedSubgraph Path p Seq i Len SimplePath SeqOf Cardinality AreConnectedIn m n \E
      ConnectionsIn LET C N IF THEN ELSE u CHOOSE Cu IN IsStronglyConnected IsTreeWithRoot r f
      """#),
    module(
      "IOUtils", instances: "TLC Integers",
      #"""
      IOUtils LOCAL INSTANCE TLC Integers IOSerialize ( val , absoluteFilename compress ) ==
      IODeserialize compressed CHOOSE : Serialize value dest options r exitValue Int stdout stderr ]
      Deserialize src IOExec command IOEnvExec env IOExecTemplate commandTemplate parameters
      IOEnvExecTemplate IOEnv -> atoi str i ToString
      """#),
    module(
      "Integers", extends: "Naturals",
      #"""
      Integers EXTENDS Naturals Int == { } a 0
      """#),
    module(
      "Json", instances: "Sequences FiniteSets TLC", strings: [":", "{", "}", ", ", "[", "]", "{}", "[]"],
      #"""
      Json LOCAL INSTANCE Sequences FiniteSets TLC IsSequence ( F , D ) == ToJsonKeyValue d ToString ]
      RECURSIVE ToJsonObjectString _ LET CHOOSE : IN IF THEN { } ELSE ToJsonArrayString ToJsonString
      IsFiniteSet ToJson value ToJsonArray ToJsonObject JsonSerialize absoluteFilename JsonDeserialize
      val ndJsonSerialize ndJsonDeserialize
      """#),
    module(
      "Naturals",
      #"""
      Naturals Nat == { } a b , CHOOSE n :
      """#),
    module(
      "NaturalsInduction", extends: "Integers",
      #"""
      NaturalsInduction EXTENDS Integers THEOREM NatInduction == ASSUME NEW P ( _ ) , 0 \A n Nat : 1
      PROVE DownwardNatInduction m GeneralNatInduction SmallestNatural \E k RecursiveFcnOfNat Def g h
      i ] LET f IN |-> NatInductiveDefHypothesis f0 CHOOSE IF THEN ELSE NatInductiveDefConclusion
      NatInductiveDef RecursiveFcnOfNatType S -> NatInductiveDefType v { } RecursiveFcnOfNatUnique ff
      gg NatInductiveUnique FiniteNatInductiveDefHypothesis c FiniteNatInductiveDefConclusion
      FiniteNatInductiveDef FiniteNatInductiveDefType FiniteNatInductiveUnique
      """#),
    module(
      "Randomization", instances: "Naturals FiniteSets",
      #"""
      Randomization LOCAL INSTANCE Naturals FiniteSets RandomSubset ( k , S ) == CHOOSE T :
      Cardinality RandomSetOfSubsets n TestRandomSetOfSubsets i 1 5 |-> ]
      """#),
    module(
      "RealTime", extends: "Reals",
      #"""
      RealTime EXTENDS Reals VARIABLE now RTBound ( A , v D E ) == LET TNext t IF << >>_ THEN 0 ELSE
      Timer ]_ >> MaxTime MinTime IN \EE : RTnow NowNext { r Real } \A WF_now
      """#),
    module(
      "Reals", extends: "Integers", strings: ["Reals"],
      #"""
      Reals EXTENDS Integers Real == a b CHOOSE m : Infinity i ( ) \A r
      """#),
    module(
      "Relation", instances: "Naturals FiniteSets",
      #"""
      Relation LOCAL INSTANCE Naturals FiniteSets IsReflexive ( R , S ) == \A x : ] IsReflexiveUnder
      op _ << y >> |-> IsIrreflexive IsIrreflexiveUnder IsSymmetric IsSymmetricUnder IsAntiSymmetric
      IsAntiSymmetricUnder IsAsymmetric IsAsymmetricUnder IsTransitive z IsTransitiveUnder
      IsStrictlyPartiallyOrdered IsStrictlyPartiallyOrderedUnder IsPartiallyOrdered
      IsPartiallyOrderedUnder IsStrictlyTotallyOrdered IsStrictlyTotallyOrderedUnder IsTotallyOrdered
      IsTotallyOrderedUnder TransitiveClosure LET N Cardinality trcl n Nat IF 0 THEN ELSE 1 \E IN
      ReflexiveTransitiveClosure IsConnected rtrcl
      """#),
    module(
      "SVG", instances: "Naturals Sequences Integers TLC FiniteSets",
      strings: ["line", "", "circle", "rect", "text", "g", "svg"],
      #"""
      SVG LOCAL INSTANCE Naturals Sequences Integers TLC FiniteSets Merge ( r1 , r2 ) == LET D1 D2 IN
      k |-> IF THEN ] ELSE SVGElem _name _attrs _children _innerText name attrs children innerText
      Line x1 y1 x2 y2 svgAttrs ToString << >> Circle cx cy r Rect x y w h width height Text text
      Group Svg SVGElemToString elem NodeOfRingNetwork n m 0 NodesOfDirectedMultiGraph nodes edges
      options CHOOSE f -> : Int PointOnLine from to segment
      """#),
    module(
      "SequenceTheorems", extends: "Sequences Functions", instances: "NaturalsInduction TLAPS",
      #"""
      SequenceTheorems EXTENDS Sequences , Functions LOCAL INSTANCE NaturalsInduction TLAPS LEMMA
      SeqDef == \A S : Seq ( ) { 1 n -> ] Nat } THEOREM SeqMonotonic ASSUME NEW T seq PROVE
      ElementOfSeq Len EmptySeq << >> 0 LenProperties IsASeq e _ i |-> ExceptSeq EXCEPT ! j IF THEN
      ELSE SeqEqual s t ConcatProperties s1 s2 ConcatEmptySeq ConcatEqualIffEmpty ConcatAssociative u
      ConcatSimplifications idRight :: idLeft concIsEmpty cancelLeft v cancelRight SubSeqProperties m
      Int SubSeq SubSeqEmpty SubSeqRange Range HeadTailProperties Head Tail TailIsSubSeq 2
      SubSeqRestrict Restrict HeadTailOfSubSeq SubSeqRecursive SubSeqOfSubSeq ConcatAdjacentSubSeq k
      SubSeqOfConcat1 SubSeqOfConcat2 AppendProperties elt Append AppendIsConcat HeadTailAppend
      AppendInjective f SequenceEmptyOrAppend \E SequencesInductionAppend P SequencesInductionTail
      RangeOfSeq RangeEquality SeqOfRange RangeConcatenation EmptySingletonIsInjective IsInjective
      ConcatInjectiveSeq AppendInjectiveSeq TailInjectiveSeq
      """#),
    module(
      "Sequences", instances: "Naturals",
      #"""
      Sequences LOCAL INSTANCE Naturals Seq ( S ) == { 1 n -> ] : Nat } Len s CHOOSE t i |-> IF THEN
      ELSE Append , e << >> Head Tail CASE SubSeq m SelectSeq Test _ LET F 0 IN
      """#),
    module(
      "SequencesExt", instances: "Sequences Naturals FiniteSets FiniteSetsExt Functions Folds TLC",
      #"""
      SequencesExt LOCAL INSTANCE Sequences Naturals FiniteSets FiniteSetsExt Functions Folds TLC
      ToSet ( s ) == { i ] : } SetToSeq S CHOOSE f 1 Cardinality -> IsInjective SetToSeqs LET D IN \A
      , j SetToSortSeq op _ SortSeq SetToAllKPermutations TupleOf set n SeqOf m 0 BoundedSeq Contains
      e \E Len Reverse |-> Remove SelectSeq LAMBDA t ReplaceAll old new IF THEN ELSE SelectInSeq seq
      Test I Min SelectInSubSeq from to SubSeq SelectLastInSeq Max SelectLastInSubSeq InsertAt << >>
      ReplaceAt EXCEPT ! RemoveAt RemoveFirst v RemoveFirstMatch Cons elt Snoc Append Front Last
      IsPrefix IsStrictPrefix IsSuffix IsStrictSuffix Prefixes l CommonPrefixes P prefix
      LongestCommonPrefix longest other Suffixes SeqMod a b FoldSeq base FoldFunction FoldLeft
      MapThenFoldSet x y FoldRight FoldLeftDomain FoldRightDomain FlattenSeq seqs flatten Zip
      Interleave CASE u SubSeqs AllSubSeqs IndexFirstSubSeq last ReplaceSubSeqAt r suffix
      ReplaceFirstSubSeq ReplaceAllSubSeqs z match comp p q R Range T g OTHER
      """#),
    module(
      "ShiViz", instances: "Integers Json TLC Toolbox", strings: ["--"],
      #"""
      ShiViz LOCAL INSTANCE Integers Json TLC Toolbox FnHost == LET host i _TETrace ] IF 1 THEN ELSE
      pc CHOOSE p : IN TLCEval ( ) Host _TEPosition clock n |-> 0 sum F , G d FnClock vclock Clock
      ToJsonObject
      """#),
    module(
      "Statistics", extends: "Naturals",
      #"""
      Statistics EXTENDS Naturals ChiSquare ( expected , actual alpha ) ==
      """#),
    module(
      "TLAPS",
      #"""
      TLAPS SimpleArithmetic == SMT SMTT ( X ) CVC3 CVC3T CVC4 CVC4T Yices YicesT veriT veriTT Zipper
      ZipperT Z3 Z3T Spass SpassT LS4 LS4T PTL Zenon ZenonT Isa IsaT IsaM IsaMT , Y
      IsaWithSetExtensionality THEOREM SetExtensionality \A S T : x OBVIOUS NoSetContainsEverything \E
      SlowZenon SlowerZenon VerySlowZenon SlowestZenon Auto SlowAuto SlowerAuto SlowestAuto Force
      SlowForce SlowerForce SlowestForce SimplifyAndSolve SlowSimplifyAndSolve SlowerSimplifyAndSolve
      SlowestSimplifyAndSolve Simplification SlowSimplification SlowerSimplification
      SlowestSimplification Blast SlowBlast SlowerBlast SlowestBlast AutoBlast AllProvers AllProversT
      AllSMT AllSMTT AllIsa AllIsaT ExpandENABLED ExpandCdot AutoUSE Lambdify ENABLEDaxioms
      LevelComparison EnabledWrapper Op _ CdotWrapper Trivial
      """#),
    module(
      "TLC", instances: "Naturals Sequences FiniteSets",
      #"""
      TLC LOCAL INSTANCE Naturals Sequences FiniteSets Print ( out , val ) == PrintT Assert IF THEN
      ELSE CHOOSE v : JavaTime n Nat TLCGet i TLCSet d e x { } |-> ] f g Permutations S -> \A w \E
      SortSeq s Op _ LET Perm p 1 Len j IN RandomElement Any ToString a b TLCEval
      """#),
    module(
      "TLCExt", instances: "TLC Integers", strings: ["Assertion failed"],
      #"""
      TLCExt LOCAL INSTANCE TLC Integers AssertEq ( a , b ) == IF THEN PrintT ELSE AssertError err exp
      LET FailsEval e CHOOSE : TLCError s IN Assert TLCGetOrDefault key defaultVal n TLCGetAndSet Op _
      val oldVal v { } TLCSet Trace CounterExample ToTrace CE TLCModelValue str ToString TLCDefer
      expression TLCNoOp PickSuccessor bool TLCCache closure TLCFP var i Int TLCEvalDefinition
      definitionName
      """#),
    module(
      "Toolbox", instances: "Naturals FiniteSets TLC", strings: ["level"],
      #"""
      Toolbox LOCAL INSTANCE Naturals FiniteSets TLC _TETrace == CHOOSE f ( Nat { 0 } ) -> ] :
      _TETraceLength Cardinality _TEPosition IF TLCGet THEN ELSE 1
      """#),
    module(
      "UndirectedGraphs", instances: "Naturals Sequences SequencesExt FiniteSets Folds",
      #"""
      UndirectedGraphs LOCAL INSTANCE Naturals Sequences SequencesExt FiniteSets Folds
      IsUndirectedGraph ( G ) == node |-> , edge ] \A e : \E a b { } IsLoopFreeUndirectedGraph
      UndirectedSubgraph H Path p Seq << >> i 1 Len SimplePath SeqOf Cardinality ConnectedComponents
      LET base n choice E CHOOSE firstNode secondNode nodesOfEdge merge comps compA c compB 2 IN IF
      THEN ELSE MapThenFoldSet AreConnectedIn m comp IsStronglyConnected
      """#),
    module(
      "VectorClocks", extends: "Naturals Sequences Functions",
      #"""
      VectorClocks EXTENDS Naturals , Sequences Functions LOCAL concurrent ( v1 v2 ) == \E i j : ]
      happenedBefore \A IsCausalOrder log clock _ 1 Len LET Fill c D d |-> IF THEN ELSE 0 vci vcj IN
      CausalOrder node domain CHOOSE newlog { f -> Range }
      """#),
    module(
      "WellFoundedInduction", extends: "NaturalsInduction",
      #"""
      WellFoundedInduction EXTENDS NaturalsInduction IsTransitivelyClosedOn ( R , S ) == \A i j k : <<
      >> IsWellFoundedOn \E f Nat -> ] n 1 LEMMA EmptyIsWellFounded { } IsWellFoundedOnSubset ASSUME
      NEW T PROVE IsWellFoundedOnSubrelation RR SetLessThan x y THEOREM WFMin MinWF
      WellFoundedIsIrreflexive WellFoundedIsAsymmetric WFSetLessThanIrreflexive SetLessTransitive
      WFInduction P _ WFDefOn Def g h OpDefinesFcn CHOOSE |-> WFInductiveDefines WFInductiveUnique
      WFDefOnUnique WFInductiveDefLemma TransitiveClosureOn ss U TransitiveClosureThm
      TransitiveClosureMinimal TCTCTC TCRTC RTCTC TransitiveClosureChopLast TransitiveClosureWF
      WFInductiveDef WFInductiveDefType s OpToRel 2 NatLessThanWellFounded PreImage
      PreImageWellFounded LexPairOrdering R1 R2 S1 S2 WFLexPairOrdering LexProductOrdering ff
      WFLexProductOrdering
      """#),
  ]
}
