---- MODULE AlwaysImpliesEventuallyWeakDoor ----
\* Weak fairness of the door is not enough: the door is open infinitely often, but not forever.
EXTENDS Naturals
VARIABLE at

\* Rooms 0, 1 and 2 form a cycle; from room 2 a door leads to rooms 3 and 4, which nobody leaves.
Go(from, to) == at = from /\ at' = to
Turn == Go(0, 1) \/ Go(1, 2) \/ Go(2, 0)
Leave == Go(2, 3)
Inside == Go(3, 4) \/ Go(4, 3)

Init == at = 0
Next == Turn \/ Leave \/ Inside
Spec == /\ Init
        /\ [][Next]_at
        /\ WF_at(Next)
        /\ WF_at(Leave)

Prop == at = 0 ~> at = 4
====
