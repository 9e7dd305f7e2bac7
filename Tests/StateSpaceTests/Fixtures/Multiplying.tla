---- MODULE Multiplying ----
\* A disjunction before the assignment multiplies what is generated; behind it, it is a test.
EXTENDS Naturals
VARIABLES x, y
Init == (x = 0 \/ x = 0) /\ y = 0
Before == (x < 3 \/ y < 3 \/ x = y) /\ x' = (x + 1) % 4 /\ y' = y
After == y' = (y + 1) % 3 /\ x' = x /\ (x' < 3 \/ y' < 3 \/ x' = y')
Next == Before \/ After \/ (\E i \in 1..3 : x' = x /\ y' = y /\ i > 1)
====
