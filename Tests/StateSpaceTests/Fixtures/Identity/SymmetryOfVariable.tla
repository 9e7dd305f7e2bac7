---------------------- MODULE SymmetryOfVariable ----------------------
\* The symmetry operator mentions a variable.
EXTENDS TLC
CONSTANT P
VARIABLE on
Init == on = P
Next == \E m \in P : on' = on \ {m}
Sym == Permutations(on)
Ok == on \subseteq P
=======================================================================
