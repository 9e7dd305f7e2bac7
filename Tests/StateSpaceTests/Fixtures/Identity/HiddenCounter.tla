------------------------ MODULE HiddenCounter ------------------------
\* The view leaves out a counter that grows for ever; the exploration is finite because of it.
EXTENDS Naturals
VARIABLES light, ticks
Init == light = "red" /\ ticks = 0
Next == /\ ticks' = ticks + 1
        /\ light' = CASE light = "red" -> "green"
                      [] light = "green" -> "amber"
                      [] OTHER -> "red"
View == light
Known == light \in {"red", "green", "amber"}
======================================================================
