----------------------- MODULE AliasFailsLater -----------------------
\* The alias divides by a number that comes down to zero in the last state.
EXTENDS Naturals
VARIABLE d
Init == d = 3
Next == d > 0 /\ d' = d - 1
Quotient == [d |-> d, q |-> 12 \div d]
Positive == d > 0
======================================================================
