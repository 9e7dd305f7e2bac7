--------------------------- MODULE FiniteSetsExt ---------------------------
EXTENDS Integers, FiniteSets, Folds, Functions
(* Finite sets: folds, counts, subsets of a size, choices. *)

LOCAL Any(S) == CHOOSE x \in S : TRUE

FoldSet(op(_, _), base, set) == MapThenFoldSet(op, base, LAMBDA x : x, Any, set)
ReduceSet(op(_, _), set, acc) == FoldSet(op, acc, set)

SumSet(set) == FoldSet(LAMBDA x, y : x + y, 0, set)
ProductSet(set) == FoldSet(LAMBDA x, y : x * y, 1, set)
MapThenSumSet(op(_), set) == FoldSet(LAMBDA x, y : op(x) + y, 0, set)

FlattenSet(S) == UNION S
SymDiff(A, B) == (A \ B) \cup (B \ A)
Quantify(S, P(_)) == Cardinality({x \in S : P(x)})

(* The subsets of S that have k elements. *)
kSubset(k, S) ==
  LET RECURSIVE Of(_, _)
      Of(size, from) ==
        IF size = 0 THEN {{}}
        ELSE IF Cardinality(from) < size THEN {}
        ELSE LET x == Any(from)
                 others == from \ {x}
             IN  {{x} \cup s : s \in Of(size - 1, others)} \cup Of(size, others)
  IN  IF k < 0 THEN {} ELSE Of(k, S)

Max(S) == CHOOSE most \in S : \A x \in S : most >= x
Min(S) == CHOOSE least \in S : \A x \in S : least <= x

(* The sets that arise when one element is picked from each of the sets. *)
Choices(Sets) == FoldSet(LAMBDA S, picked : {chosen \cup {x} : chosen \in picked, x \in S}, {{}}, Sets)

ChooseUnique(S, P(_)) == CHOOSE x \in S : P(x) /\ \A y \in S \ {x} : ~P(y)
=============================================================================
