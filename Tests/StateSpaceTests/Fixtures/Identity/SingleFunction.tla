------------------------ MODULE SingleFunction ------------------------
\* A named set of exactly one function: TLC 2.19 fails with an exception before it starts.
EXTENDS TLC
CONSTANTS a, b
VARIABLE on
Init == on = {}
Next == \E m \in {a, b} \ on : on' = on \cup {m}
Swaps == {(a :> b) @@ (b :> a)}
Sym == Swaps
Ok == on \subseteq {a, b}
=======================================================================
