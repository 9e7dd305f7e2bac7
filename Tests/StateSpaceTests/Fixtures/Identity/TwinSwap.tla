--------------------------- MODULE TwinSwap ---------------------------
\* One function that makes both swaps at once, written out in the body and so disregarded.
EXTENDS TLC
CONSTANTS a, b, c, d
VARIABLES left, right
Item == {a, b, c, d}
Sym == {(a :> b) @@ (b :> a) @@ (c :> d) @@ (d :> c)}
Init == left = {} /\ right = {}
Next == \E i \in Item \ (left \cup right) :
           \/ left' = left \cup {i} /\ right' = right
           \/ right' = right \cup {i} /\ left' = left
Apart == left \cap right = {}
=======================================================================
