-------------------------- MODULE ToNumbers --------------------------
\* The functions of the symmetry set map model values to numbers.
EXTENDS Naturals, TLC
CONSTANTS a, b
VARIABLE on
Init == on = {}
Next == \E m \in {a, b} : on' = {m}
Bad == {(a :> 1) @@ (b :> 2), (a :> 2) @@ (b :> 1)}
Sym == Bad
Ok == on \subseteq {a, b}
======================================================================
