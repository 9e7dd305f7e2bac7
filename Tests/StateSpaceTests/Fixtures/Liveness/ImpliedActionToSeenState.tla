---- MODULE ImpliedActionToSeenState ----
\* The last step of the cycle goes to a state already seen, and the action property is violated there.
EXTENDS Naturals
VARIABLE x

Init == x = 0
Next == x' = (x + 1) % 4
Spec == Init /\ [][Next]_x

Prop == [][x' > x]_x
====
