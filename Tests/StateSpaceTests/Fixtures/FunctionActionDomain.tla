------------------------- MODULE FunctionActionDomain -------------------------
\* An action that is the application of a function outside of its domain.
EXTENDS Integers
VARIABLE x
Step[v \in 0..2] == x' = v + 1
Init == x = 0
Next == Step[x]
=============================================================================
