---- MODULE NeverAssigned ----
\* One disjunct leaves y without a next value.
EXTENDS Naturals
VARIABLES x, y
Init == x = 0 /\ y = 0
Next ==
  \/ x' = x + 1 /\ y' = x
  \/ x > 1 /\ x' = 0
====
