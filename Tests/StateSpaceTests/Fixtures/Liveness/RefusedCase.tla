---- MODULE RefusedCase ----
\* CASE with temporal branches.
EXTENDS Naturals
VARIABLES x, seen

Init == x = 0 /\ seen = {0}
Step == x' = (x + 1) % 3 /\ seen' = seen \cup {x'}
Spec == /\ Init
        /\ [][Step]_<<x, seen>>
        /\ WF_<<x, seen>>(Step)
vars == <<x, seen>>

Prop == CASE x = 0 -> <>(x = 2) [] OTHER -> <>(x = 1)
====
