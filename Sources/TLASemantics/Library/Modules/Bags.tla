------------------------------- MODULE Bags --------------------------------
(* Bags: functions from elements to how often they are in the bag, at least once each. *)
LOCAL INSTANCE Naturals
LOCAL INSTANCE Folds

IsABag(B) == \A e \in DOMAIN B : B[e] \in Nat \ {0}
BagToSet(B) == DOMAIN B
SetToBag(S) == [e \in S |-> 1]
BagIn(e, B) == e \in DOMAIN B
EmptyBag == [e \in {} |-> 1]
CopiesIn(e, B) == IF e \in DOMAIN B THEN B[e] ELSE 0

B1 (+) B2 == [e \in DOMAIN B1 \cup DOMAIN B2 |-> CopiesIn(e, B1) + CopiesIn(e, B2)]

B1 (-) B2 ==
  LET left == {e \in DOMAIN B1 : B1[e] > CopiesIn(e, B2)}
  IN  [e \in left |-> B1[e] - CopiesIn(e, B2)]

B1 \sqsubseteq B2 == \A e \in DOMAIN B1 : e \in DOMAIN B2 /\ B1[e] <= B2[e]

LOCAL Sum(of(_), S) ==
  MapThenFoldSet(LAMBDA x, y : x + y, 0, of, LAMBDA rest : CHOOSE e \in rest : TRUE, S)

BagUnion(S) == [e \in UNION {DOMAIN B : B \in S} |-> Sum(LAMBDA B : CopiesIn(e, B), S)]
BagCardinality(B) == Sum(LAMBDA e : B[e], DOMAIN B)
BagOfAll(F(_), B) ==
  [image \in {F(e) : e \in DOMAIN B} |-> Sum(LAMBDA e : B[e], {e \in DOMAIN B : F(e) = image})]

(* Every bag that is in B: how often each element stays, from never to always. *)
SubBag(B) ==
  LET RECURSIVE Of(_)
      Of(S) ==
        IF S = {} THEN {EmptyBag}
        ELSE LET e == CHOOSE x \in S : TRUE
                 others == Of(S \ {e})
             IN  others \cup
                 {[x \in DOMAIN bag \cup {e} |-> IF x = e THEN n ELSE bag[x]] : bag \in others, n \in 1..B[e]}
  IN  Of(DOMAIN B)
=============================================================================
