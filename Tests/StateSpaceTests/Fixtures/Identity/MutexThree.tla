-------------------------- MODULE MutexThree --------------------------
\* Three processes with a test-and-set lock; the lock has the name of its owner.
EXTENDS TLC
CONSTANTS Proc, Free
VARIABLES pc, lock
Init == pc = [p \in Proc |-> "rest"] /\ lock = Free
Want(p) == pc[p] = "rest" /\ pc' = [pc EXCEPT ![p] = "want"] /\ UNCHANGED lock
Get(p) == pc[p] = "want" /\ lock = Free /\ lock' = p /\ pc' = [pc EXCEPT ![p] = "in"]
Put(p) == pc[p] = "in" /\ lock' = Free /\ pc' = [pc EXCEPT ![p] = "rest"]
Next == \E p \in Proc : Want(p) \/ Get(p) \/ Put(p)
Sym == Permutations(Proc)
Mutex == \A p, q \in Proc : pc[p] = "in" /\ pc[q] = "in" => p = q
Owned == \A p \in Proc : pc[p] = "in" <=> lock = p
=======================================================================
