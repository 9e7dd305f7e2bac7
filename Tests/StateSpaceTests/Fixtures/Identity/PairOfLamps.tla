------------------------- MODULE PairOfLamps -------------------------
\* Two lamps are switched on and off. The two permuted values index one function.
EXTENDS TLC
CONSTANT Lamp
VARIABLE lit
Init == lit = [l \in Lamp |-> FALSE]
Next == \E l \in Lamp : lit' = [lit EXCEPT ![l] = ~@]
Sym == Permutations(Lamp)
TypeOK == lit \in [Lamp -> BOOLEAN]
======================================================================
