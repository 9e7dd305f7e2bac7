--------------------------- MODULE TwoSwaps ---------------------------
\* Two disjoint swaps written out as a set of two functions in the body; TLC warns twice over and reduces nothing.
EXTENDS TLC
CONSTANTS a, b, c, d
VARIABLES left, right
Item == {a, b, c, d}
Sym == {(a :> b) @@ (b :> a) @@ (c :> c) @@ (d :> d),
        (a :> a) @@ (b :> b) @@ (c :> d) @@ (d :> c)}
Init == left = {} /\ right = {}
Next == \E i \in Item \ (left \cup right) :
           \/ left' = left \cup {i} /\ right' = right
           \/ right' = right \cup {i} /\ left' = left
Apart == left \cap right = {}
=======================================================================
