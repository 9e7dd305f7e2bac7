----------------------- MODULE OverlappingUnion -----------------------
\* Two overlapping sets are permuted, which together generate every permutation of their union.
EXTENDS Naturals, TLC
CONSTANTS a, b, c, d
VARIABLE n
Init == n = [i \in {a, b, c, d} |-> 0]
Next == \E i \in {a, b, c, d} : n[i] < 2 /\ n' = [n EXCEPT ![i] = @ + 1]
Sym == Permutations({a, b}) \cup Permutations({b, c, d})
Ok == \A i \in {a, b, c, d} : n[i] <= 2
=======================================================================
