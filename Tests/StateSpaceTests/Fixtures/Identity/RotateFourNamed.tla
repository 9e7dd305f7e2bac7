----------------------- MODULE RotateFourNamed -----------------------
\* A token ring of four stations that may be rotated but not mirrored; one rotation beside the identity generates a group of four.
EXTENDS Naturals, TLC
CONSTANTS n, e, s, w
VARIABLES token, served
Station == {n, e, s, w}
Right == (n :> e) @@ (e :> s) @@ (s :> w) @@ (w :> n)
OneStep == {[t \in Station |-> t], Right}
Sym == OneStep
Init == token \in Station /\ served = {}
Serve == token \notin served /\ served' = served \cup {token} /\ UNCHANGED token
Pass == token' = Right[token] /\ UNCHANGED served
Next == Serve \/ Pass
TypeOK == token \in Station /\ served \subseteq Station
======================================================================
