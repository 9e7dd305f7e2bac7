---- MODULE NestedQuantifiersHold ----
\* A quantifier below a quantifier, the inner one over a set that depends on the outer variable.
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

Prop == \A p \in Procs : \E q \in 1..p : []<>(pc[q] = "busy" \/ pc[p] = "busy")
====
