----------------------- MODULE RotateThreeNamed -----------------------
\* One rotation of three values and the identity, under a name of their own. TLC closes them to three rotations; the mirror images remain apart.
EXTENDS Naturals, TLC
CONSTANTS x, y, z
VARIABLE level
Place == {x, y, z}
Turn == (x :> y) @@ (y :> z) @@ (z :> x)
Turns == {[p \in Place |-> p], Turn}
Sym == Turns
Init == level = [p \in Place |-> 0]
Next == \E p \in Place : level[p] < 2 /\ level' = [level EXCEPT ![p] = @ + 1]
Fine == \A p \in Place : level[p] <= 2
=======================================================================
