------------------------------ MODULE Counter ------------------------------
\* A number that goes up by steps or at once: two ways to leave the small ones, and a round trip.

EXTENDS Integers

VARIABLE x

Init == x = 0

\* One step up.
Up == x < 4 /\ x' = x + 1

\* All the way at once.
Leap == x = 0 /\ x' = 4

Next == Up \/ Leap

\* The round trip.
Go == x = 0 /\ x' = 1
BackTo == x > 0 /\ x' = (x + 1) % 4
Round == BackTo \/ Go
RoundTrip == Init /\ [][Round]_x /\ WF_x(Round)

Small == x < 2
NotFour == x # 4
Settles == <>[](x = 3)

=============================================================================
