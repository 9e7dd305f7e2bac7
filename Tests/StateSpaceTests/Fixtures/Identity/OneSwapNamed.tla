------------------------- MODULE OneSwapNamed -------------------------
\* Two of four values may be exchanged and the other two are fixed, by a set under a name of its own.
EXTENDS Naturals, TLC, FiniteSets
CONSTANTS a, b, c, d
VARIABLE chosen
Item == {a, b, c, d}
Swaps == {[i \in Item |-> i], (a :> b) @@ (b :> a) @@ (c :> c) @@ (d :> d)}
Sym == Swaps
Init == chosen = {}
Next == \/ \E i \in Item \ chosen : chosen' = chosen \cup {i}
        \/ chosen = Item /\ chosen' = {c}
NotAll == chosen # {a, b, c, d}
=======================================================================
