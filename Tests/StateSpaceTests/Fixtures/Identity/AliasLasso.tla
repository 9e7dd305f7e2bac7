-------------------------- MODULE AliasLasso --------------------------
\* An alias with primed variables on a lasso of a violated liveness property.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x' = IF x = 3 THEN 1 ELSE x + 1
Spec == Init /\ [][Next]_x /\ WF_x(Next)
Show == [now |-> x, next |-> x', falls |-> x' < x]
Home == []<>(x = 0)
=======================================================================
