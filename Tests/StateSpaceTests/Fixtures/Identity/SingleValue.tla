------------------------- MODULE SingleValue -------------------------
\* The permuted set has one value and there is nothing to permute.
EXTENDS TLC
CONSTANT P
VARIABLE on
Init == on = {}
Next == \E m \in P : on' = IF m \in on THEN on \ {m} ELSE on \cup {m}
Sym == Permutations(P)
Ok == on \subseteq P
======================================================================
