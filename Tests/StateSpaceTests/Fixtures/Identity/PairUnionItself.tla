----------------------- MODULE PairUnionItself -----------------------
\* The permutations of two values united with themselves: two arguments and two functions, which TLC takes for sets that are too small.
EXTENDS TLC
CONSTANT P
VARIABLE on
Init == on = {}
Next == \E m \in P \ on : on' = on \cup {m}
Sym == Permutations(P) \cup Permutations(P)
Ok == on \subseteq P
======================================================================
