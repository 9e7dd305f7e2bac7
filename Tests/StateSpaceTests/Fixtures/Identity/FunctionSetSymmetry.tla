--------------------- MODULE FunctionSetSymmetry ---------------------
\* The symmetry set is filtered out of all functions rather than out of the permutations. TLC wants a set with its elements written out and refuses.
EXTENDS TLC
CONSTANT P
VARIABLE on
Init == on = {}
Next == \E m \in P \ on : on' = on \cup {m}
Sym == {f \in [P -> P] : \A x, y \in P : f[x] = f[y] => x = y}
Ok == on \subseteq P
======================================================================
