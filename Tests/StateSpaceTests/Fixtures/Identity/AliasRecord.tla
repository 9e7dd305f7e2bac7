------------------------- MODULE AliasRecord -------------------------
\* The alias shows two variables and a value computed from them.
EXTENDS Naturals
VARIABLES x, y
Init == x = 0 /\ y = 10
Next == x' = x + 1 /\ y' = y - 2
Short == [x |-> x, sum |-> x + y, close |-> y - x < 5]
Apart == x < y
======================================================================
