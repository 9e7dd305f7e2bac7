----------------------- MODULE NotAPermutation -----------------------
\* One function of the symmetry set maps two values to the same one; TLC does not object and permutes with it.
EXTENDS Naturals, TLC
CONSTANTS a, b, c
VARIABLE on
Init == on = {}
Next == \E m \in {a, b, c} \ on : on' = on \cup {m}
Bad == {[i \in {a, b, c} |-> i], (a :> b) @@ (b :> b) @@ (c :> c)}
Sym == Bad
Ok == on \subseteq {a, b, c}
======================================================================
