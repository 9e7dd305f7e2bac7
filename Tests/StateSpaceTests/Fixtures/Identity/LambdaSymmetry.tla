------------------------ MODULE LambdaSymmetry ------------------------
\* The symmetry set has functions that are written as function constructors.
EXTENDS TLC
CONSTANTS a, b, c
VARIABLE on
P == {a, b, c}
Init == on = {}
Next == \E m \in P \ on : on' = on \cup {m}
Turns == {[x \in P |-> CASE x = a -> b [] x = b -> a [] OTHER -> x], [x \in P |-> CASE x = b -> c [] x = c -> b [] OTHER -> x]}
Sym == Turns
Ok == on \subseteq P
=======================================================================
