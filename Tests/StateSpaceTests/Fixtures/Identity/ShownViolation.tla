------------------------ MODULE ShownViolation ------------------------
\* As before, but the odd y comes first in the next-state relation, and the invariant is broken.
EXTENDS Naturals
VARIABLES x, y
Init == x = 0 /\ y = 0
Next == /\ x < 3
        /\ x' = x + 1
        /\ \/ x = 2 /\ y' = 3
           \/ y' = 4
View == x
Even == y % 2 = 0
=======================================================================
