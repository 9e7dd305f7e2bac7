------------------------ MODULE LetInSymmetry ------------------------
\* The body of the symmetry operator is a LET expression, on which TLC 2.19 fails with an exception.
EXTENDS TLC
CONSTANT P
VARIABLE on
Init == on = {}
Next == \E m \in P \ on : on' = on \cup {m}
Sym == LET all == P IN Permutations(all)
Ok == on \subseteq P
======================================================================
