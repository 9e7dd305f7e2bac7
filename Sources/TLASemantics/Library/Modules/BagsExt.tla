------------------------------ MODULE BagsExt ------------------------------
(* Bags: one element more or fewer, and folds over all copies. *)
LOCAL INSTANCE Naturals
LOCAL INSTANCE Folds

BagAdd(B, x) == [e \in DOMAIN B \cup {x} |-> (IF e \in DOMAIN B THEN B[e] ELSE 0) + (IF e = x THEN 1 ELSE 0)]

BagRemove(B, x) ==
  LET left == {e \in DOMAIN B : e # x \/ B[e] > 1}
  IN  [e \in left |-> IF e = x THEN B[e] - 1 ELSE B[e]]

BagRemoveAll(B, x) == [e \in DOMAIN B \ {x} |-> B[e]]

(* An element that is there n times is put together with itself and the base first. *)
MapThenFoldBag(op(_, _), base, f(_), choose(_), B) ==
  LET All(x) ==
        LET RECURSIVE Times(_)
            Times(n) == op(IF n = 1 THEN base ELSE Times(n - 1), f(x))
        IN  Times(B[x])
  IN  MapThenFoldSet(op, base, All, LAMBDA rest : CHOOSE x \in rest : TRUE, DOMAIN B)

FoldBag(op(_, _), base, B) == MapThenFoldBag(op, base, LAMBDA x : x, LAMBDA rest : CHOOSE x \in rest : TRUE, B)
SumBag(B) == FoldBag(LAMBDA x, y : x + y, 0, B)
ProductBag(B) == FoldBag(LAMBDA x, y : x * y, 1, B)
=============================================================================
