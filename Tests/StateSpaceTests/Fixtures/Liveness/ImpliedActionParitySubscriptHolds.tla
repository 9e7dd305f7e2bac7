---- MODULE ImpliedActionParitySubscriptHolds ----
\* The subscript is an expression that no step changes.
EXTENDS Naturals
VARIABLE x

Init == x = 0
Next == x' = (x + 2) % 6
Spec == Init /\ [][Next]_x

Prop == [][FALSE]_(x % 2)
====
