----------------------- MODULE HiddenViolation -----------------------
\* The first state of each class has an even y, so the state that breaks the invariant is never looked at.
EXTENDS Naturals
VARIABLES x, y
Init == x = 0 /\ y = 0
Next == x < 3 /\ x' = x + 1 /\ (y' = 2 \/ y' = 3)
View == x
Even == y % 2 = 0
======================================================================
