------------------------ MODULE EmptySymmetry ------------------------
\* The symmetry set is empty, by way of a name; TLC 2.19 fails with an exception.
EXTENDS TLC
CONSTANT P
VARIABLE on
Init == on = {}
Next == \E m \in P \ on : on' = on \cup {m}
None == {}
Sym == None
Ok == on \subseteq P
======================================================================
