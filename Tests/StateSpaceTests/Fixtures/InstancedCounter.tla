------------------------- MODULE InstancedCounter -------------------------
\* No specification of its own: Instances.tla makes instances of it.
EXTENDS Integers
CONSTANTS Max, Step(_)
VARIABLE n

LOCAL Following(x) == Step(x)
InRange == n \in 0..Max
Start == n = 0
Advance == n < Max /\ n' = Following(n)
Restart == n >= Max /\ n' = 0
Move == Advance \/ Restart

RECURSIVE Sum(_)
Sum(k) == IF k = 0 THEN Max ELSE k + Sum(k - 1)
factorial[k \in 0..Max] == IF k = 0 THEN 1 ELSE k * factorial[k - 1]
Larger(S) == {x \in S : x > Max}
===========================================================================
