---- MODULE OutOfDomain ----
\* A function is applied outside its domain after a trace of three steps.
EXTENDS Naturals
VARIABLES x, f
Init == x = 1 /\ f = [i \in 1..3 |-> i * i]
Next == x' = x + 1 /\ f' = [f EXCEPT ![1] = f[x]]
====
