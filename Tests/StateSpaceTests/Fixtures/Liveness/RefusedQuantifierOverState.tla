---- MODULE RefusedQuantifierOverState ----
\* A quantifier over a set that depends on the state, with a temporal body.
EXTENDS Naturals
VARIABLES x, seen

Init == x = 0 /\ seen = {0}
Step == x' = (x + 1) % 3 /\ seen' = seen \cup {x'}
Spec == /\ Init
        /\ [][Step]_<<x, seen>>
        /\ WF_<<x, seen>>(Step)
vars == <<x, seen>>

Prop == \A n \in seen : []<>(x = n)
====
