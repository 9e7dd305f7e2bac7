---- MODULE Deadlock ----
\* A counter that stops: the last state has no successor.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x < 3 /\ x' = x + 1
====
