------------------------- MODULE SeenDeadlock -------------------------
\* The same steps with the dead end first: now it represents its class and is found.
EXTENDS Naturals
VARIABLES x, stuck
Init == x = 0 /\ stuck = FALSE
Next == /\ ~stuck
        /\ x' = (x + 1) % 4
        /\ \/ x = 2 /\ stuck' = TRUE
           \/ stuck' = FALSE
View == x
Ok == x < 4
=======================================================================
