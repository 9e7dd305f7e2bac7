--------------------------- MODULE TooMany ---------------------------
\* Two processes are in the critical section because the lock is tested and set in two steps.
EXTENDS Naturals, TLC, FiniteSets
CONSTANT Proc
VARIABLES pc, lock
Init == pc = [p \in Proc |-> "idle"] /\ lock = FALSE
Test(p) == pc[p] = "idle" /\ ~lock /\ pc' = [pc EXCEPT ![p] = "set"] /\ UNCHANGED lock
Set(p) == pc[p] = "set" /\ lock' = TRUE /\ pc' = [pc EXCEPT ![p] = "crit"]
Leave(p) == pc[p] = "crit" /\ lock' = FALSE /\ pc' = [pc EXCEPT ![p] = "idle"]
Next == \E p \in Proc : Test(p) \/ Set(p) \/ Leave(p)
Sym == Permutations(Proc)
Exclusive == Cardinality({p \in Proc : pc[p] = "crit"}) <= 1
======================================================================
