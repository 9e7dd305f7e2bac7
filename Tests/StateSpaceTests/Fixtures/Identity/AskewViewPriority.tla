---------------------- MODULE AskewViewPriority ----------------------
\* Symmetry and a view that uses CHOOSE over the permuted set.
EXTENDS Naturals, TLC
CONSTANT P
VARIABLES at, n
Init == at = [p \in P |-> 0] /\ n = 0
Next == \E p \in P : at[p] < 2 /\ at' = [at EXCEPT ![p] = @ + 1] /\ n' = n + at[p]
Sym == Permutations(P)
Top == CHOOSE p \in P : \A q \in P : at[q] <= at[p]
View == <<at[Top], Top>>
Ok == n < 3
======================================================================
