---- MODULE InitialViolation ----
\* The invariant is false in the third of four initial states.
EXTENDS Naturals
VARIABLE x
Init == x \in {1, 3, 5, 7}
Next == x' = x
Small == x < 5
====
