---- MODULE AssumptionFalse ----
\* An assumption that does not hold; the behavior is not looked at.
EXTENDS Naturals
VARIABLE x
ASSUME 1 + 1 = 2
ASSUME Wrong == \A n \in 0..3 : n * n < 9
Init == x = 0
Next == x' = x
====
