------------------------ MODULE AskewViewFirst ------------------------
\* As before with the view of the least value only, which is zero until all have moved.
EXTENDS Naturals, TLC
CONSTANTS a, b, c
VARIABLE at
P == {a, b, c}
Init == at = [p \in P |-> 0]
Next == \E p \in P : at[p] < 3 /\ at' = [at EXCEPT ![p] = @ + 1]
Sym == Permutations(P)
View == at[a]
Ok == \A p \in P : at[p] <= 3
=======================================================================
