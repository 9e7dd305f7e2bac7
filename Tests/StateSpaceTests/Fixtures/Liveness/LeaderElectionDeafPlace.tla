---- MODULE LeaderElectionDeafPlace ----
\* One place is not fair, so that the largest number does not come back.
EXTENDS Naturals
VARIABLES inbox, leader
vars == <<inbox, leader>>

\* Leader election on a ring of three: numbers larger than one's own are passed on, one's own number wins.
Name == <<2, 3, 1>>
Places == 1..3
After(i) == IF i = 3 THEN 1 ELSE i + 1
Handle(i, n) == /\ n \in inbox[i]
                /\ IF n > Name[i] THEN inbox' = [inbox EXCEPT ![i] = @ \ {n}, ![After(i)] = @ \cup {n}]
                                  ELSE inbox' = [inbox EXCEPT ![i] = @ \ {n}]
                /\ leader' = IF n = Name[i] THEN n ELSE leader

Init == inbox = [i \in Places |-> {Name[IF i = 1 THEN 3 ELSE i - 1]}] /\ leader = 0
Next == \E i \in Places, n \in 1..3 : Handle(i, n)
Spec == /\ Init
        /\ [][Next]_vars
        /\ \A i \in {1, 2} : WF_vars(\E n \in 1..3 : Handle(i, n))

Elected == <>(leader = 3)
ElectedForever == <>[](leader = 3)
OnlyLargest == [](leader \in {0, 3})
SmallestElected == <>(leader = 1)
Quiet == leader = 3 ~> [](\A i \in Places : inbox[i] = {})
====
