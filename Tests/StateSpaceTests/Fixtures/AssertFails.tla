---- MODULE AssertFails ----
\* Assert is false in the fourth step.
EXTENDS Naturals, TLC
VARIABLE x
Init == x = 0
Next == Assert(x < 3, <<"x went up to", x>>) /\ x' = x + 1
====
