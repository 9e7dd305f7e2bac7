------------------------ MODULE ViewIsVariable ------------------------
\* The view is the name of a variable and no definition.
EXTENDS Naturals
VARIABLES x, n
Init == x = 0 /\ n = 0
Next == x' = (x + 1) % 3 /\ n' = n + 1
Ok == x < 3
=======================================================================
