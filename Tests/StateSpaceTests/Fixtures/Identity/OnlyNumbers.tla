------------------------- MODULE OnlyNumbers -------------------------
\* Permutations of numbers, which are no model values.
EXTENDS Naturals, TLC
VARIABLE on
Init == on = {}
Next == \E m \in 1..3 : on' = {m}
Sym == Permutations(1..3)
Ok == on \subseteq 1..3
======================================================================
