---------------------- MODULE ViewAndConstraint ----------------------
\* The view leaves out the counter on which the CONSTRAINT depends, so the cut falls where the first state of a class has it.
EXTENDS Naturals
VARIABLES x, cost
Init == x = 0 /\ cost = 0
Next == \/ x < 5 /\ x' = x + 1 /\ cost' = cost + 2
        \/ x < 5 /\ x' = x + 2 /\ cost' = cost + 1
View == x
Cheap == cost < 4
Ok == x < 7
======================================================================
