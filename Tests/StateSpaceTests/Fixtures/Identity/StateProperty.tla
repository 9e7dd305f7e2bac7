------------------------ MODULE StateProperty ------------------------
\* A state predicate as a PROPERTY that one of the initial states breaks; the symmetry keeps that state.
EXTENDS TLC
CONSTANTS a, b
VARIABLE x
Init == x \in SUBSET {a, b}
Next == UNCHANGED x
Spec == Init /\ [][Next]_x
Sym == Permutations({a, b})
NotAll == x # {a, b}
======================================================================
