---- MODULE AlwaysAssumptionStutters ----
\* The specification assumes that x stays below two, so a behavior without fairness stops before that.
EXTENDS Naturals
VARIABLES x, seen

Init == x = 0 /\ seen = {0}
Step == x' = (x + 1) % 3 /\ seen' = seen \cup {x'}
Spec == /\ Init
        /\ [][Step]_<<x, seen>>
        /\ [](x < 2)
vars == <<x, seen>>

Prop == <>(x = 2)
====
