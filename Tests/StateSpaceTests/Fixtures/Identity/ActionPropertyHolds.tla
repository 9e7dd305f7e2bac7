--------------------- MODULE ActionPropertyHolds ---------------------
\* An action property that holds beside a symmetry: only one value comes or goes in a step.
EXTENDS TLC, FiniteSets, Naturals
CONSTANT P
VARIABLE here
Init == here = {}
Next == \E p \in P : here' = IF p \in here THEN here \ {p} ELSE here \cup {p}
Spec == Init /\ [][Next]_here
Sym == Permutations(P)
Single == [][Cardinality(here') - Cardinality(here) \in {1, 0 - 1}]_here
Start == here = {}
======================================================================
