------------------------ MODULE ManyStartsBad ------------------------
\* The initial states are permutations of one another and the invariant speaks of one value only, so the verdict depends on the initial state that is generated first.
EXTENDS TLC
CONSTANTS a, b, c
VARIABLE at
Init == at \in {a, b, c}
Next == UNCHANGED at
Sym == Permutations({a, b, c})
NotC == at # c
======================================================================
