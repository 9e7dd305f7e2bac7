---- MODULE ImpliedActionParitySubscript ----
\* The subscript is an expression: a step of two keeps it unchanged, a step of one does not.
EXTENDS Naturals
VARIABLE x

Init == x = 0
Next == x' = (x + 2) % 6 \/ (x = 4 /\ x' = 5)
Spec == Init /\ [][Next]_x

Prop == [][x' = 0]_(x % 2)
====
