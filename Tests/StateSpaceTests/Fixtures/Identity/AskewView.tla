-------------------------- MODULE AskewView --------------------------
\* A symmetry together with a view of one of the permuted values: TLC evaluates the view in the least state of each class.
EXTENDS Naturals, TLC
CONSTANTS a, b, c
VARIABLE at
P == {a, b, c}
Init == at = [p \in P |-> 0]
Next == \E p \in P : at[p] < 3 /\ at' = [at EXCEPT ![p] = @ + 1]
Sym == Permutations(P)
View == <<at[b], at[c]>>
Ok == \A p \in P : at[p] <= 3
======================================================================
