------------------------- MODULE GraphsOfFour -------------------------
\* Undirected graphs over four permuted nodes grow edge by edge; up to isomorphism there are eleven.
EXTENDS TLC
CONSTANT Node
VARIABLE edges
Init == edges = {}
Next == \E m, n \in Node : m # n /\ {m, n} \notin edges /\ edges' = edges \cup {{m, n}}
Sym == Permutations(Node)
NoLoops == \A n \in Node : {n} \notin edges
=======================================================================
