------------------------- MODULE NotAFunction -------------------------
\* The symmetry set has a number in it and no function.
EXTENDS Naturals, TLC
CONSTANT P
VARIABLE on
Init == on = {}
Next == \E m \in P : on' = {m}
Sym == {1, 2}
Ok == on \subseteq P
=======================================================================
