---- MODULE EventuallyAndAlwaysViolated ----
\* From some visit of room 3 on the walker would have to stay in room 3 or 4; it need not get there.
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
        /\ WF_at(Turn)

Prop == <>(at = 3 /\ [](at >= 3))
====
