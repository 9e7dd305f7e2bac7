---- MODULE Constrained ----
\* States cut off by a constraint count as generated only, however often they are met.
EXTENDS Naturals
VARIABLES x, y
Init == x \in {0, 9} /\ y = 0
Next ==
  \/ x' = x + 1 /\ y' = y
  \/ x' = x /\ y' = y + 1
  \/ x' = x + 2 /\ y' = y
Bound == x + y < 5
====
