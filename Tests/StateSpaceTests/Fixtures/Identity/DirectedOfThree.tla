----------------------- MODULE DirectedOfThree -----------------------
\* Directed graphs over three permuted nodes, as a function from nodes to the sets of their successors; there are sixteen without loops.
EXTENDS TLC
CONSTANT Node
VARIABLE succ
Init == succ = [n \in Node |-> {}]
Next == \E m, n \in Node : m # n /\ n \notin succ[m] /\ succ' = [succ EXCEPT ![m] = @ \cup {n}]
Sym == Permutations(Node)
NoLoops == \A n \in Node : n \notin succ[n]
======================================================================
