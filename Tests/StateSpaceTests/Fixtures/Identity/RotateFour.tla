-------------------------- MODULE RotateFour --------------------------
\* A token ring of four stations may be rotated but not mirrored. The rotation stands in the body of the operator itself, so TLC disregards it.
EXTENDS Naturals, TLC
CONSTANTS n, e, s, w
VARIABLES token, served
Station == {n, e, s, w}
Right == (n :> e) @@ (e :> s) @@ (s :> w) @@ (w :> n)
Sym == {Right}
Init == token \in Station /\ served = {}
Serve == token \notin served /\ served' = served \cup {token} /\ UNCHANGED token
Pass == token' = Right[token] /\ UNCHANGED served
Next == Serve \/ Pass
TypeOK == token \in Station /\ served \subseteq Station
=======================================================================
