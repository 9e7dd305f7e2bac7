------------------------- MODULE ChainedNames -------------------------
\* The name of the configuration leads through several definitions, a LET and a conditional before it comes to the permutations.
EXTENDS Naturals, TLC
CONSTANT Node
VARIABLE mark
All == Node
Everyone == All \cup {}
Group(S) == IF S = {} THEN {} ELSE Permutations(S)
Inner == LET here == Everyone IN Group(here)
Sym == Inner
Init == mark = [n \in Node |-> 0]
Next == \E n \in Node : /\ \A m \in Node : mark[n] <= mark[m]
                        /\ mark' = [mark EXCEPT ![n] = (@ + 1) % 3]
InRange == \A n \in Node : mark[n] < 3
=======================================================================
