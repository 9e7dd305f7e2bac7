------------------------ MODULE HiddenDeadlock ------------------------
\* A deadlock belongs to the state that is hidden behind another of the same view.
EXTENDS Naturals
VARIABLES x, stuck
Init == x = 0 /\ stuck = FALSE
Next == /\ ~stuck
        /\ x' = (x + 1) % 4
        /\ stuck' \in {FALSE, TRUE}
View == x
Ok == x < 4
=======================================================================
