---- MODULE ActionPropertyOrRecurrence ----
\* A disjunction of an action property and a recurrence of an action.
EXTENDS Naturals
VARIABLES x, seen

Init == x = 0 /\ seen = {0}
Step == x' = (x + 1) % 3 /\ seen' = seen \cup {x'}
Spec == /\ Init
        /\ [][Step]_<<x, seen>>
        /\ WF_<<x, seen>>(Step)
vars == <<x, seen>>

Prop == <>[][x' # 0]_vars \/ []<><<x' = 0>>_vars
====
