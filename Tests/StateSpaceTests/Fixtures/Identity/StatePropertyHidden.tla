--------------------- MODULE StatePropertyHidden ---------------------
\* A state predicate as a PROPERTY speaks of the initial states only; one of four initial states breaks it, and it is one that the symmetry drops.
EXTENDS TLC
CONSTANTS a, b
VARIABLE x
Init == x \in SUBSET {a, b}
Next == UNCHANGED x
Spec == Init /\ [][Next]_x
Sym == Permutations({a, b})
NotB == x # {b}
======================================================================
