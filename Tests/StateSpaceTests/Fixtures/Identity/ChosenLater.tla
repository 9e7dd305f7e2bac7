------------------------- MODULE ChosenLater -------------------------
\* CHOOSE fixes a favourite who alone may go a third step and back, so the step relation is not symmetric.
EXTENDS TLC, Naturals
CONSTANT P
VARIABLE pos
Favourite == CHOOSE p \in P : TRUE
Init == pos = [p \in P |-> 0]
Forth == \E p \in P : pos[p] < 3 /\ (p = Favourite \/ pos[p] < 2) /\ pos' = [pos EXCEPT ![p] = @ + 1]
Back == pos[Favourite] = 3 /\ pos' = [pos EXCEPT ![Favourite] = 0]
Next == Forth \/ Back
Sym == Permutations(P)
Near == \A p \in P : pos[p] <= 3
======================================================================
