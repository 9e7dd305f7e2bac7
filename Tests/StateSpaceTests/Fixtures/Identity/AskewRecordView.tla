----------------------- MODULE AskewRecordView -----------------------
\* A symmetry with a view that asks for a fixed owner and for how many hold something.
EXTENDS Naturals, FiniteSets, TLC
CONSTANTS a, b, c, none
VARIABLES owner, holding, clock
P == {a, b, c}
Init == owner = none /\ holding = {} /\ clock = 0
Next == /\ clock' = clock + 1
        /\ \/ \E p \in P : owner = none /\ owner' = p /\ holding' = holding \cup {p}
           \/ owner # none /\ owner' = none /\ UNCHANGED holding
Sym == Permutations(P)
View == [mine |-> owner = b, many |-> Cardinality(holding)]
Young == clock < 9
======================================================================
