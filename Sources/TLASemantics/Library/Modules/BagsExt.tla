------------------------------ MODULE BagsExt ------------------------------
(* Bags: one element more or fewer, and folds over all copies. *)
LOCAL INSTANCE Naturals
LOCAL INSTANCE Folds

BagAdd(B, x) == [e \in DOMAIN B \cup {x} |-> (IF e \in DOMAIN B THEN B[e] ELSE 0) + (IF e = x THEN 1 ELSE 0)]

BagRemove(B, x) ==
  LET left == {e \in DOMAIN B : e # x \/ B[e] > 1}
  IN  [e \in left |-> IF e = x THEN B[e] - 1 ELSE B[e]]

BagRemoveAll(B, x) == [e \in DOMAIN B \ {x} |-> B[e]]

(* Whether CHOOSE finds x before y in a set that has both. *)
LOCAL Before(x, y) == x = CHOOSE e \in {x, y} : TRUE

(* An element that is there n times is put together with itself and the base first. *)
MapThenFoldBag(op(_, _), base, f(_), choose(_), B) ==
  LET All(x) ==
        LET RECURSIVE Times(_)
            Times(n) == op(IF n = 1 THEN base ELSE Times(n - 1), f(x))
        IN  Times(B[x])
  IN  MapThenFoldSet(op, base, All, LAMBDA rest : CHOOSE x \in rest : TRUE, DOMAIN B)

(* From the left, as TLC's Java class does it: op(… op(base, x1), … xn). The definition of the library takes the base for each x anew. *)
FoldBag(op(_, _), base, B) ==
  LET RECURSIVE All(_), Times(_, _, _)
      Times(x, n, sofar) == IF n = 0 THEN sofar ELSE op(Times(x, n - 1, sofar), x)
      All(rest) ==
        IF rest = {} THEN base
        ELSE LET last == CHOOSE x \in rest : \A y \in rest : x = y \/ Before(y, x)
             IN  Times(last, B[last], All(rest \ {last}))
  IN  All(DOMAIN B)
SumBag(B) == FoldBag(LAMBDA x, y : x + y, 0, B)
ProductBag(B) == FoldBag(LAMBDA x, y : x * y, 1, B)
=============================================================================
