------------------------- MODULE ViewLeadsTo -------------------------
\* A request leads to a grant under strong fairness, with a record view that leaves out the number of the request.
EXTENDS Naturals
VARIABLES st, nr
vars == <<st, nr>>
Init == st = "idle" /\ nr = 0
Ask == st = "idle" /\ st' = "ask" /\ nr' = (nr + 1) % 3
Lose == st = "ask" /\ st' = "lost" /\ UNCHANGED nr
Retry == st = "lost" /\ st' = "ask" /\ UNCHANGED nr
Grant == st = "ask" /\ st' = "idle" /\ UNCHANGED nr
Next == Ask \/ Lose \/ Retry \/ Grant
Spec == Init /\ [][Next]_vars /\ WF_vars(Retry) /\ SF_vars(Grant)
View == [s |-> st]
Granted == (st = "ask") ~> (st = "idle")
======================================================================
