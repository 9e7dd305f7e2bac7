---- MODULE ImpliedActionWithInitial ----
\* A conjunction of an initial predicate, an action property and a temporal formula; the action property is
\* false.
EXTENDS Naturals
VARIABLE x

Init == x = 0
Next == x < 3 /\ x' \in {x + 1, x + 2}
Spec == Init /\ [][Next]_x

Prop == x = 0 /\ [][x' = x + 1]_x /\ <>(x = 3)
====
