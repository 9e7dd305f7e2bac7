---- MODULE ImpliedActionBetweenInitialStates ----
\* Both states are initial, so each step goes to a state already seen; one of the steps is forbidden.
EXTENDS Naturals
VARIABLE x

Init == x \in {1, 2}
Next == x' = 3 - x
Spec == Init /\ [][Next]_x

Prop == [][x' > x]_x
====
