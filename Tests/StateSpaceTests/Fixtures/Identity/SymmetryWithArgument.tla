--------------------- MODULE SymmetryWithArgument ---------------------
\* The operator named as the symmetry takes an argument.
EXTENDS TLC
CONSTANT P
VARIABLE on
Init == on = {}
Next == \E m \in P \ on : on' = on \cup {m}
Sym(S) == Permutations(S)
Ok == on \subseteq P
=======================================================================
