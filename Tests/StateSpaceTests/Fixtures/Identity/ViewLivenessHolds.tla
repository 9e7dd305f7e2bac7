---------------------- MODULE ViewLivenessHolds ----------------------
\* A counter is left out of the view, and the lamp goes round under weak fairness, so each colour comes again and again.
EXTENDS Naturals
VARIABLES light, ticks
vars == <<light, ticks>>
Init == light = 0 /\ ticks = 0
Next == light' = (light + 1) % 3 /\ ticks' = (ticks + 1) % 50
Spec == Init /\ [][Next]_vars /\ WF_vars(Next)
View == light
Again == []<>(light = 2)
======================================================================
