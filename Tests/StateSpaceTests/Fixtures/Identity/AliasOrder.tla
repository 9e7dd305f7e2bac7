-------------------------- MODULE AliasOrder --------------------------
\* The fields of the alias bear names of variables and come in another order than the variables.
EXTENDS Naturals
VARIABLES x, y
Init == x = 0 /\ y = 5
Next == x' = x + 1 /\ y' = y - 1
Show == [zero |-> 0, y |-> y, apart |-> <<x, y>>, x |-> [was |-> x, now |-> x']]
Apart == x + 1 < y
=======================================================================
