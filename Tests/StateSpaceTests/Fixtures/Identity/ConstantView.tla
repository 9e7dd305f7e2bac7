------------------------- MODULE ConstantView -------------------------
\* A constant view makes all states the same, so only the first initial state is explored.
EXTENDS Naturals
VARIABLE x
Init == x \in 0..2
Next == x' = x + 1
View == "same"
Low == x < 2
=======================================================================
