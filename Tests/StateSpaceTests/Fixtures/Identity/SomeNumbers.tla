------------------------- MODULE SomeNumbers -------------------------
\* The functions of the symmetry set map a model value to a model value and a number to a number.
EXTENDS Naturals, TLC
CONSTANTS a, b
VARIABLE on
Init == on = {}
Next == \E m \in {a, b} : on' = {m}
Mixed == {[i \in {a, b} |-> i], (a :> b) @@ (b :> a) @@ (1 :> 2) @@ (2 :> 1)}
Sym == Mixed
Ok == on \subseteq {a, b}
======================================================================
