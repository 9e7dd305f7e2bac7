---- MODULE AlwaysAssumptionAgainstFairness ----
\* The specification assumes fair steps and that x stays below two: no behavior does both, so anything holds.
EXTENDS Naturals
VARIABLES x, seen

Init == x = 0 /\ seen = {0}
Step == x' = (x + 1) % 3 /\ seen' = seen \cup {x'}
Spec == /\ Init
        /\ [][Step]_<<x, seen>>
        /\ WF_<<x, seen>>(Step)
        /\ [](x < 2)
vars == <<x, seen>>

Prop == <>(x = 7)
====
