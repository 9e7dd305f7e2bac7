------------------------ MODULE TwinSwapNamed ------------------------
\* One function that makes both swaps at once, so the group has only two elements.
EXTENDS TLC
CONSTANTS a, b, c, d
VARIABLES left, right
Item == {a, b, c, d}
Swaps == {[i \in Item |-> i], (a :> b) @@ (b :> a) @@ (c :> d) @@ (d :> c)}
Sym == Swaps
Init == left = {} /\ right = {}
Next == \E i \in Item \ (left \cup right) :
           \/ left' = left \cup {i} /\ right' = right
           \/ right' = right \cup {i} /\ left' = left
Apart == left \cap right = {}
======================================================================
