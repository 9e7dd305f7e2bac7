------------------------- MODULE ThreeUnions -------------------------
\* Three sets of two values are permuted on their own; a relation between them grows by one triple in each step.
EXTENDS Naturals, TLC, FiniteSets
CONSTANTS A, B, C
VARIABLE rel
Init == rel = {}
Next == /\ Cardinality(rel) < 3
        /\ \E a \in A, b \in B, c \in C :
              <<a, b, c>> \notin rel /\ rel' = rel \cup {<<a, b, c>>}
Sym == Permutations(A) \cup Permutations(B) \cup Permutations(C)
Small == Cardinality(rel) <= 3
======================================================================
