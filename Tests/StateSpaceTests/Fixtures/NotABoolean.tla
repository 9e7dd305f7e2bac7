---- MODULE NotABoolean ----
\* A number where a truth value is needed, in the second step.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == (IF x = 0 THEN TRUE ELSE x) /\ x' = x + 1
====
