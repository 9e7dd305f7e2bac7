---- MODULE InvariantError ----
\* An invariant that has no value in the third state.
EXTENDS Naturals
VARIABLE x
Init == x = 2
Next == x > 0 /\ x' = x - 1
Sensible == 10 \div x > 1
====
