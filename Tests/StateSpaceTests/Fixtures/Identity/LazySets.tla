--------------------------- MODULE LazySets ---------------------------
\* The functions from a changing set of permuted values into another stand in a variable next to the set of all their subsets.
EXTENDS TLC
CONSTANTS S, T
VARIABLES f, g
Init == f = [{} -> T] /\ g = SUBSET T
Next == \/ \E s \in S : f' = [{s} -> T] /\ UNCHANGED g
        \/ \E t \in T : g' = SUBSET {t} /\ f' = [S -> {t}]
        \/ f' = [S -> T] /\ g' = SUBSET (S \cup T)
Sym == Permutations(S) \cup Permutations(T)
Ok == {} \in g
=======================================================================
