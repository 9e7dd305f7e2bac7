------------------------ MODULE SymmetryNoSet ------------------------
\* The symmetry operator is one function and no set of functions.
EXTENDS TLC
CONSTANTS a, b
VARIABLE on
Init == on = {}
Next == \E m \in {a, b} : on' = {m}
Sym == (a :> b) @@ (b :> a)
Ok == on \subseteq {a, b}
======================================================================
