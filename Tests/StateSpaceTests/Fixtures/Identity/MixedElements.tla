------------------------ MODULE MixedElements ------------------------
\* A set holds permuted model values, a fixed one and pairs of both side by side.
EXTENDS TLC, FiniteSets, Naturals
CONSTANTS P, fixed
VARIABLE s
Init == s = {fixed}
Next == /\ Cardinality(s) < 3
        /\ \E p \in P : \/ s' = s \cup {p}
                        \/ s' = s \cup {<<p, fixed>>}
Sym == Permutations(P)
Ok == fixed \in s
======================================================================
