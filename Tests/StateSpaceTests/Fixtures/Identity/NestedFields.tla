------------------------- MODULE NestedFields -------------------------
\* Values of two permuted sets sit in a record with a tuple of sets and records; the record's fields come in another order than they are written.
EXTENDS TLC
CONSTANTS P, Q
VARIABLE v
Init == v = [z |-> {}, a |-> <<{}, [k |-> {}]>>]
Next == \E p \in P, q \in Q : v' = [a |-> <<v.z \cup {p}, [k |-> {q}]>>, z |-> v.a[1] \cup {p}]
Sym == Permutations(P) \cup Permutations(Q)
Ok == v.z \subseteq P
=======================================================================
