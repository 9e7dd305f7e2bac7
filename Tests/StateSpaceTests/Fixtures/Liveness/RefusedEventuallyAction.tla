---- MODULE RefusedEventuallyAction ----
\* <><<A>>_v: an action below a single diamond.
EXTENDS Naturals
VARIABLES x, seen

Init == x = 0 /\ seen = {0}
Step == x' = (x + 1) % 3 /\ seen' = seen \cup {x'}
Spec == /\ Init
        /\ [][Step]_<<x, seen>>
        /\ WF_<<x, seen>>(Step)
vars == <<x, seen>>

Prop == <><<x = 2 /\ Step>>_vars
====
