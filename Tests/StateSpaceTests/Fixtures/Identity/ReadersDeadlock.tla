----------------------- MODULE ReadersDeadlock -----------------------
\* Three holders of a read lock that want to write wait for one another.
EXTENDS TLC, FiniteSets
CONSTANT T
VARIABLE st
Init == st = [t \in T |-> "out"]
Read(t) == st[t] = "out" /\ (\A u \in T : st[u] # "write") /\ st' = [st EXCEPT ![t] = "read"]
Want(t) == st[t] = "read" /\ st' = [st EXCEPT ![t] = "want"]
Write(t) == st[t] = "want" /\ (\A u \in T \ {t} : st[u] = "out") /\ st' = [st EXCEPT ![t] = "write"]
Out(t) == st[t] = "write" /\ st' = [st EXCEPT ![t] = "out"]
Next == \E t \in T : Read(t) \/ Want(t) \/ Write(t) \/ Out(t)
Sym == Permutations(T)
Alone == \A t, u \in T : st[t] = "write" /\ t # u => st[u] = "out"
======================================================================
