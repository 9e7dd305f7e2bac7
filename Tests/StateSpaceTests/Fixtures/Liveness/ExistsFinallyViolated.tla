---- MODULE ExistsFinallyViolated ----
\* No process needs to be idle in the end.
EXTENDS Naturals
VARIABLE pc
vars == <<pc>>

Procs == 1..3

\* Three processes that do their work independently of each other, any number of times.
Start(p) == pc[p] = "idle" /\ pc' = [pc EXCEPT ![p] = "busy"]
Finish(p) == pc[p] = "busy" /\ pc' = [pc EXCEPT ![p] = "idle"]
Step(p) == Start(p) \/ Finish(p)

Init == pc = [p \in Procs |-> "idle"]
Next == \E p \in Procs : Step(p)
Spec == /\ Init
        /\ [][Next]_vars
        /\ \A p \in Procs : WF_vars(Step(p))

Prop == \E p \in Procs : <>[](pc[p] = "idle")
====
