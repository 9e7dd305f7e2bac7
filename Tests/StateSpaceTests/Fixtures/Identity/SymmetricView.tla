------------------------ MODULE SymmetricView ------------------------
\* A symmetry together with a view that leaves out a counter; the view treats the permuted values alike.
EXTENDS Naturals, TLC
CONSTANT P
VARIABLES at, moves
Init == at = [p \in P |-> 0] /\ moves = 0
Next == \E p \in P : /\ at' = [at EXCEPT ![p] = (@ + 1) % 3]
                     /\ moves' = moves + 1
Sym == Permutations(P)
View == at
Ok == \A p \in P : at[p] < 3
======================================================================
