------------------------- MODULE TwoVariables -------------------------
\* The first variable treats all values alike until late, so the second one decides which state of a class is the least.
EXTENDS Naturals, TLC
CONSTANT P
VARIABLES who, count, pair
Init == who = {} /\ count = [p \in P |-> 0] /\ pair = <<>>
Join(p) == p \notin who /\ who' = who \cup {p} /\ UNCHANGED <<count, pair>>
Tick(p) == count[p] = 0 /\ count' = [count EXCEPT ![p] = 1] /\ UNCHANGED <<who, pair>>
Couple(p, q) == /\ p # q /\ p \in who /\ count[q] = 1 /\ pair = <<>>
                /\ pair' = <<p, q>> /\ UNCHANGED <<who, count>>
Next == \E p \in P : Join(p) \/ Tick(p) \/ \E q \in P : Couple(p, q)
Sym == Permutations(P)
NotTwice == pair # <<>> => pair[1] # pair[2]
=======================================================================
