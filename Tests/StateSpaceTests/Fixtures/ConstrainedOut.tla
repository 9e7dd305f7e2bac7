---- MODULE ConstrainedOut ----
\* The invariant is violated only in a state that the constraint cuts off: it is checked all the same.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x' = x + 1
Bound == x < 4
Low == x < 4
====
