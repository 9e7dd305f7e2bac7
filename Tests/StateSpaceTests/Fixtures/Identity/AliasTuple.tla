-------------------------- MODULE AliasTuple --------------------------
\* The alias is a tuple of the variables.
EXTENDS Naturals
VARIABLES x, y
Init == x = 0 /\ y = 0
Next == x' = x + 1 /\ y' = x
Both == <<x, y>>
Low == x < 2
=======================================================================
