------------------------ MODULE ShortSwapNamed ------------------------
\* The swap is a function over the two exchanged values alone; the third value is outside of its domain and stays where it is.
EXTENDS TLC, Sequences
CONSTANTS a, b, c
VARIABLE order
Item == {a, b, c}
Swaps == {a :> a, (a :> b) @@ (b :> a)}
Sym == Swaps
Init == order = <<>>
Used == {order[k] : k \in DOMAIN order}
Next == \E i \in Item \ Used : order' = order \o <<i>>
Unique == \A j, k \in DOMAIN order : order[j] = order[k] => j = k
=======================================================================
