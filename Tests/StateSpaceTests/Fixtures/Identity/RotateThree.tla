------------------------- MODULE RotateThree -------------------------
\* One rotation of three values, written out in the body of the operator. TLC 2.19 warns of a set that is too small and reduces nothing.
EXTENDS Naturals, TLC
CONSTANTS x, y, z
VARIABLE level
Place == {x, y, z}
Turn == (x :> y) @@ (y :> z) @@ (z :> x)
Sym == {Turn}
Init == level = [p \in Place |-> 0]
Next == \E p \in Place : level[p] < 2 /\ level' = [level EXCEPT ![p] = @ + 1]
Fine == \A p \in Place : level[p] <= 2
======================================================================
