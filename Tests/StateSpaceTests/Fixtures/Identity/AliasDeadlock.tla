------------------------ MODULE AliasDeadlock ------------------------
\* An alias on the trace to a deadlock, with the ENABLED of the actions.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Up == x < 3 /\ x' = x + 1
Double == x \in 1..2 /\ x' = 2 * x
Next == Up \/ Double
Show == [x |-> x, up |-> ENABLED Up, double |-> ENABLED Double]
Ok == x < 5
======================================================================
