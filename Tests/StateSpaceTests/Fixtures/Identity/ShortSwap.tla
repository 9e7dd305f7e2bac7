-------------------------- MODULE ShortSwap --------------------------
\* The swap is a function over the two exchanged values alone; written out in the body it is disregarded like the others.
EXTENDS TLC, Sequences
CONSTANTS a, b, c
VARIABLE order
Item == {a, b, c}
Sym == {(a :> b) @@ (b :> a)}
Init == order = <<>>
Used == {order[k] : k \in DOMAIN order}
Next == \E i \in Item \ Used : order' = order \o <<i>>
Unique == \A j, k \in DOMAIN order : order[j] = order[k] => j = k
======================================================================
