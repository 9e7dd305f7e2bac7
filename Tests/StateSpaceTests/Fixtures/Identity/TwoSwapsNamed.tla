------------------------ MODULE TwoSwapsNamed ------------------------
\* Two disjoint swaps; TLC closes them to the group of four.
EXTENDS TLC
CONSTANTS a, b, c, d
VARIABLES left, right
Item == {a, b, c, d}
Swaps == {(a :> b) @@ (b :> a), (c :> d) @@ (d :> c)}
Sym == Swaps
Init == left = {} /\ right = {}
Next == \E i \in Item \ (left \cup right) :
           \/ left' = left \cup {i} /\ right' = right
           \/ right' = right \cup {i} /\ left' = left
Apart == left \cap right = {}
======================================================================
