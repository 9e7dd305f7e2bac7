---- MODULE RefusedTwoNextActions ----
\* Two next-state actions in the specification.
EXTENDS Naturals
VARIABLES x, seen

Init == x = 0 /\ seen = {0}
Step == x' = (x + 1) % 3 /\ seen' = seen \cup {x'}
Spec == /\ Init
        /\ [][Step]_<<x, seen>>
        /\ [][x' # 0]_x
vars == <<x, seen>>

Prop == <>(x = 2)
====
