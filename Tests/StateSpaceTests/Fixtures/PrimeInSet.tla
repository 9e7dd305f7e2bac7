---- MODULE PrimeInSet ----
\* x' \in S branches, or tests when x has its value already.
EXTENDS Naturals
VARIABLES x, y
Init == x \in 1..2 /\ y \in {x, x + 1}
Next ==
  \/ x' \in {x, x + 1} /\ y' \in 0..x' /\ x' < 5
  \/ x' = y /\ x' \in {2, 3} /\ y' = x
  \/ x' = 0 /\ y' \in {}
====
