------------------------ MODULE AlwaysProperty ------------------------
\* A box around a state predicate as a PROPERTY is checked like an invariant, with the trace to the state that breaks it.
EXTENDS TLC, FiniteSets, Naturals
CONSTANT P
VARIABLE here
Init == here = {}
Next == \E p \in P : here' = IF p \in here THEN here \ {p} ELSE here \cup {p}
Spec == Init /\ [][Next]_here
Sym == Permutations(P)
NeverTwo == [](Cardinality(here) # 2)
=======================================================================
