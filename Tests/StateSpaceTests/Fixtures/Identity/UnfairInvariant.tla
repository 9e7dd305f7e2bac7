----------------------- MODULE UnfairInvariant -----------------------
\* The invariant speaks of one permuted value, which is not the first one explored: the violation is found only if its state represents the class.
EXTENDS TLC
CONSTANTS a, b, c
VARIABLE got
V == {a, b, c}
Init == got = {}
Next == \E v \in V \ got : got' = got \cup {v}
Sym == Permutations(V)
NotOnlyB == got # {b}
NotOnlyBC == got # {b, c}
======================================================================
