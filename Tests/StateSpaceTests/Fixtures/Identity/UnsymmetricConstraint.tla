-------------------- MODULE UnsymmetricConstraint --------------------
\* The CONSTRAINT prefers one of the permuted values, so which state represents a class decides what is explored.
EXTENDS Naturals, TLC
CONSTANTS a, b, c
VARIABLE n
V == {a, b, c}
Init == n = [v \in V |-> 0]
Next == \E v \in V : n[v] < 3 /\ n' = [n EXCEPT ![v] = @ + 1]
Sym == Permutations(V)
Keep == n[b] <= n[a] + 1 /\ n[c] <= 1
Small == \A v \in V : n[v] <= 3
======================================================================
