--------------------------- MODULE OneSwap ---------------------------
\* Two of four values may be exchanged and the other two are fixed; written out in the body, the set of one function is disregarded.
EXTENDS Naturals, TLC, FiniteSets
CONSTANTS a, b, c, d
VARIABLE chosen
Item == {a, b, c, d}
Swap == (a :> b) @@ (b :> a) @@ (c :> c) @@ (d :> d)
Sym == {Swap}
Init == chosen = {}
Next == \/ \E i \in Item \ chosen : chosen' = chosen \cup {i}
        \/ chosen = Item /\ chosen' = {c}
NotOnlyD == chosen # {b, d}
======================================================================
