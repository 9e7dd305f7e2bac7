------------------------ MODULE AliasNoRecord ------------------------
\* The alias is a number and no record, so the states are shown as they are.
EXTENDS Naturals
VARIABLES x, y
Init == x = 0 /\ y = 0
Next == x' = x + 1 /\ y' = x
Sum == x + y
Low == x < 3
======================================================================
