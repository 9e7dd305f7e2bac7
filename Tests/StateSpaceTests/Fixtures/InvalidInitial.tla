---- MODULE InvalidInitial ----
\* The initial predicate leaves y without a value.
EXTENDS Naturals
VARIABLES x, y
Init == x = 0
Next == x' = x /\ y' = y
====
