------------------------- MODULE ReplacedSet -------------------------
\* The permuted set comes into the constant by a replacement with a definition of the module.
EXTENDS Naturals, TLC
CONSTANTS Node, u, v, w
VARIABLE hops
Nodes == {u, v, w}
Init == hops = [n \in Node |-> 0]
Next == \E n \in Node : hops[n] < 2 /\ hops' = [hops EXCEPT ![n] = @ + 1]
Sym == Permutations(Node)
Ok == \A n \in Node : hops[n] <= 2
======================================================================
