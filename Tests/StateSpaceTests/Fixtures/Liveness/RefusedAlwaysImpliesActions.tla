---- MODULE RefusedAlwaysImpliesActions ----
\* An action property below an implication.
EXTENDS Naturals
VARIABLES x, seen

Init == x = 0 /\ seen = {0}
Step == x' = (x + 1) % 3 /\ seen' = seen \cup {x'}
Spec == /\ Init
        /\ [][Step]_<<x, seen>>
vars == <<x, seen>>

Prop == [](x = 1 => [][x' # 1]_vars)
====
