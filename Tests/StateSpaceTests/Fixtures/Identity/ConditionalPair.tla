----------------------- MODULE ConditionalPair -----------------------
\* A conditional in the body of the operator counts as three arguments, more than the two permutations, so nothing is reduced.
EXTENDS TLC
CONSTANT P
VARIABLE on
Init == on = {}
Next == \E m \in P \ on : on' = on \cup {m}
Sym == IF P = {} THEN {} ELSE Permutations(P)
Ok == on \subseteq P
======================================================================
