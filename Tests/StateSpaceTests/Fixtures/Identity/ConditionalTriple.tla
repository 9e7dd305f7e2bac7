---------------------- MODULE ConditionalTriple ----------------------
\* The same conditional with six permutations is used.
EXTENDS TLC
CONSTANT P
VARIABLE on
Init == on = {}
Next == \E m \in P \ on : on' = on \cup {m}
Sym == IF P = {} THEN {} ELSE Permutations(P)
Ok == on \subseteq P
======================================================================
