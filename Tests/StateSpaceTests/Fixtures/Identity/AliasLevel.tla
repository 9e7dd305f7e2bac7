-------------------------- MODULE AliasLevel --------------------------
\* The alias numbers the states with TLCGet("level").
EXTENDS Naturals, TLC
VARIABLE n
Init == n = 5
Next == n > 0 /\ n' = n - 1
Numbered == [at |-> TLCGet("level"), n |-> n, total |-> TLCGet("level") + n]
AboveTwo == n > 2
=======================================================================
