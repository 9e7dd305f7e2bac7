---- MODULE ActionConstrained ----
\* States cut off by a constraint, and steps cut off by an action constraint, count as generated only.
EXTENDS Integers
VARIABLES x, y
Init == x = 0 /\ y = 0
Next ==
  \/ x' = x + 1 /\ y' = y
  \/ x' = x /\ y' = y + 1
  \/ x' = x + 2 /\ y' = y
Bound == x + y < 5
Slow == x' - x < 2
====
