-------------------------- MODULE ModuloView --------------------------
\* The view is a number modulo three, so only three states are kept of a counter that grows for ever.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x' = x + 1 \/ x' = x + 2
View == x % 3
Low == x <= 5
=======================================================================
