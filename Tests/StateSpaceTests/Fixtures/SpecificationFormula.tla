---- MODULE SpecificationFormula ----
\* The behavior is given as Init /\ [][Next]_vars through several definitions.
EXTENDS Naturals
CONSTANT Limit
VARIABLES x, y
vars == <<x, y>>
Start == x = 0
Init == Start /\ y = 0
Grow == x < 2 * Limit /\ x' = x + 2
Tick == y' = (y + 1) % 2
Next == Grow /\ Tick
Behaves == [][Next \/ UNCHANGED vars]_vars
Spec == Init /\ Behaves
Even == x % 2 = 0
Positive == x >= 0
====
