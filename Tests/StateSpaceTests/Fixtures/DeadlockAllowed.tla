---- MODULE DeadlockAllowed ----
\* The same counter, and the configuration says that stopping is no error.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x < 3 /\ x' = x + 1
====
