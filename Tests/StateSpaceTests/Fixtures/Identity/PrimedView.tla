-------------------------- MODULE PrimedView --------------------------
\* The view has a primed variable.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x' = (x + 1) % 3
View == x'
Ok == x < 3
=======================================================================
