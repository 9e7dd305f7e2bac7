---- MODULE ImpliedActionHolds ----
\* Every step of the cycle is an increment modulo four.
EXTENDS Naturals
VARIABLE x

Init == x = 0
Next == x' = (x + 1) % 4
Spec == Init /\ [][Next]_x

Prop == [][x' = x + 1 \/ x' = 0]_x
====
